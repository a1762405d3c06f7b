package dev.segue.engine;

import dev.segue.engine.ranking.MarginalRelevance;
import dev.segue.kernels.Tensor;
import java.nio.FloatBuffer;

/// The rows of a model's output layer as vectors of its items: two items are near where the same
/// sessions lead to both. Thread safe.
final class ItemRows implements MarginalRelevance.Similarity {
  private final Tensor weights;

  /// Takes the weights, V × H, which are not copied.
  ItemRows(Tensor weights) {
    this.weights = weights;
  }

  int items() {
    return weights.rows();
  }

  /// Returns the vector of an item, of length 1, or zeros.
  float[] unit(int item) {
    float[] row = new float[weights.columns()];
    weights.read(item, FloatBuffer.wrap(row));
    double square = 0;
    for (float value : row) {
      square += (double) value * value;
    }
    float factor = square == 0 ? 0 : (float) (1 / Math.sqrt(square));
    for (int i = 0; i < row.length; i++) {
      row[i] *= factor;
    }
    return row;
  }

  /// Returns the cosine of two vectors, 0 where they point away from each other.
  static double cosine(float[] unit, float[] other) {
    double sum = 0;
    for (int i = 0; i < unit.length; i++) {
      sum += unit[i] * other[i];
    }
    return Math.clamp(sum, 0, 1);
  }

  @Override
  public double of(int item, int other) {
    boolean isKnown = item < items() && other < items();
    return isKnown ? cosine(unit(item), unit(other)) : 0;
  }
}
