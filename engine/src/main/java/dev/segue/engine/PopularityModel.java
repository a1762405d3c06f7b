package dev.segue.engine;

import dev.segue.data.Catalogue;

/// Scores every item by a count, whatever the session holds.
final class PopularityModel implements SessionModel {
  private final String name;
  private final Catalogue items;
  private final float[] scores;

  /// Makes the model.
  ///
  /// @param name what is counted
  /// @param items the catalogue
  /// @param counts of each item that the model ranks
  PopularityModel(String name, Catalogue items, int[] counts) {
    this.name = name;
    this.items = items;
    scores = new float[counts.length];
    for (int i = 0; i < counts.length; i++) {
      scores[i] = counts[i];
    }
  }

  @Override
  public String name() {
    return name;
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
