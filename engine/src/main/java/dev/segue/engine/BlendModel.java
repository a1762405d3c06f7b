package dev.segue.engine;

import dev.segue.data.Catalogue;
import org.jspecify.annotations.Nullable;

/// A GRU and a neighbourhood model together: the next item is drawn from one with a probability,
/// else from the other.
///
/// ```
/// score(i) = w · softmax(GRU scores)(i) + (1 − w) · neighbour score(i) / Σ_j neighbour score(j)
/// ```
///
/// Where no past session has a say (before the first event, or after items that no kept session
/// holds), the GRU answers alone.
final class BlendModel implements SessionModel {
  private final SessionModel gru;
  private final NeighbourModel neighbours;
  private final double weight;

  /// Makes the model; closing it closes both.
  ///
  /// @param weight w, 0 to 1
  BlendModel(SessionModel gru, NeighbourModel neighbours, double weight) {
    this.gru = gru;
    this.neighbours = neighbours;
    this.weight = weight;
  }

  @Override
  public String name() {
    return ModelConfig.BLEND;
  }

  @Override
  public Catalogue items() {
    return gru.items();
  }

  @Override
  public int vocabularySize() {
    return gru.vocabularySize();
  }

  @Override
  public ModelState start() {
    return new State(gru.start(), neighbours.start());
  }

  @Override
  public @Nullable ItemRows itemRows() {
    return gru.itemRows();
  }

  @Override
  public void close() {
    gru.close();
    neighbours.close();
  }

  /// Turns logits into probabilities times a factor.
  private static void softmax(float[] logits, double factor) {
    float max = Float.NEGATIVE_INFINITY;
    for (float logit : logits) {
      max = Math.max(max, logit);
    }
    double sum = 0;
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (float) Math.exp(logits[i] - max);
      sum += logits[i];
    }
    float scale = (float) (factor / sum);
    for (int i = 0; i < logits.length; i++) {
      logits[i] *= scale;
    }
  }

  private final class State extends ScoredState {
    private final ModelState learned;
    private final NeighbourModel.State past;

    State(ModelState learned, NeighbourModel.State past) {
      this.learned = learned;
      this.past = past;
    }

    @Override
    public void add(ModelEvent event) {
      learned.add(event);
      past.add(event);
    }

    @Override
    public void scores(float[] out) {
      learned.scores(out);
      softmax(out, weight);
      past.addShares(1 - weight, out);
    }

    @Override
    int items() {
      return vocabularySize();
    }
  }
}
