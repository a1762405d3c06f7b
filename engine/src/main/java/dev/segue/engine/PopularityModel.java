package dev.segue.engine;

import dev.segue.data.Catalogue;

/// Scores every item by its number of training events, whatever the session holds.
final class PopularityModel implements SessionModel {
  private final Catalogue items;
  private final float[] scores;

  /// Makes the model.
  ///
  /// @param items the catalogue
  /// @param support training events of each item that the model ranks
  PopularityModel(Catalogue items, int[] support) {
    this.items = items;
    scores = new float[support.length];
    for (int i = 0; i < support.length; i++) {
      scores[i] = support[i];
    }
  }

  @Override
  public String name() {
    return "popularity";
  }

  @Override
  public Catalogue items() {
    return items;
  }

  @Override
  public int vocabularySize() {
    return scores.length;
  }

  @Override
  public ModelState start() {
    return new ScoredState() {
      @Override
      public void add(ModelEvent event) {
        // The same list for every session is what this baseline is.
      }

      @Override
      public void scores(float[] out) {
        System.arraycopy(scores, 0, out, 0, scores.length);
      }

      @Override
      int items() {
        return scores.length;
      }
    };
  }
}
