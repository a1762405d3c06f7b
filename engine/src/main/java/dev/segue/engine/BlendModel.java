package dev.segue.engine;

import dev.segue.data.Catalogue;
import org.jspecify.annotations.Nullable;

/// A GRU and a neighbourhood model together: the next item is drawn from one with a probability,
/// else from the other.
///
/// ```
/// score(i) = w · softmax(τ · GRU scores)(i) + (1 − w) · neighbour score(i) / Σ_j neighbour score(j)
/// ```
///
/// Where no past session has a say (before the first event, or after items that no kept session
/// holds), the GRU answers alone.
final class BlendModel implements SessionModel {
  private final SessionModel gru;
  private final NeighbourModel neighbours;
  private final double weight;
  private final double sharpness;

  /// Makes the model; closing it closes both.
  ///
  /// @param weight w, 0 to 1
  /// @param sharpness τ, see [Sharpness]
  BlendModel(SessionModel gru, NeighbourModel neighbours, double weight, double sharpness) {
    this.gru = gru;
    this.neighbours = neighbours;
    this.weight = weight;
    this.sharpness = sharpness;
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

  /// Scores with the GRU's pass over many sessions at once, and adds what each state's neighbours
  /// say.
  @Override
  public void scoreTargets(ModelEvent[][] sessions, TargetVisitor visitor) {
    float[] scores = new float[vocabularySize()];
    gru.scoreTargets(
        sessions,
        (session, position, from, offset) -> {
          System.arraycopy(from, offset, scores, 0, scores.length);
          softmax(scores);
          NeighbourModel.State past = neighbours.start();
          for (int i = 0; i < position; i++) {
            past.add(sessions[session][i]);
          }
          past.addShares(1 - weight, scores);
          visitor.visit(session, position, scores, 0);
        });
  }

  @Override
  public @Nullable ItemRows itemRows() {
    return gru.itemRows();
  }

  @Override
  public void prepare() {
    gru.prepare();
  }

  @Override
  public void close() {
    gru.close();
    neighbours.close();
  }

  /// Turns the GRU's scores into its part of the answer.
  private void softmax(float[] scores) {
    float max = Float.NEGATIVE_INFINITY;
    for (float score : scores) {
      max = Math.max(max, score);
    }
    double sum = 0;
    for (int i = 0; i < scores.length; i++) {
      scores[i] = (float) Math.exp(sharpness * (scores[i] - max));
      sum += scores[i];
    }
    float scale = (float) (weight / sum);
    for (int i = 0; i < scores.length; i++) {
      scores[i] *= scale;
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
      softmax(out);
      past.addShares(1 - weight, out);
    }

    @Override
    int items() {
      return vocabularySize();
    }
  }
}
