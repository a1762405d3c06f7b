package dev.segue.kernels;

import org.jspecify.annotations.Nullable;

/// Scores and the best k in plain loops. Formulas: [Scores], [TopKSearch].
final class ScalarRanking {
  private ScalarRanking() {}

  /// Returns `hidden_row · weights_j + bias_j` for every item j.
  static double[] scores(Tensor hidden, int row, Tensor weights, @Nullable Tensor bias) {
    HeapTensor h = HeapTensor.of(hidden);
    HeapTensor w = HeapTensor.of(weights);
    double[] scores = new double[w.rows()];
    for (int item = 0; item < scores.length; item++) {
      double sum = bias == null ? 0 : HeapTensor.of(bias).get(0, item);
      for (int unit = 0; unit < w.columns(); unit++) {
        sum += (double) h.get(row, unit) * w.get(item, unit);
      }
      scores[item] = sum;
    }
    return scores;
  }

  static void scores(Scores op) {
    int items = op.weights().rows();
    for (int row = 0; row < op.hidden().rows(); row++) {
      double[] scores = scores(op.hidden(), row, op.weights(), op.bias());
      for (int item = 0; item < items; item++) {
        op.out()[row * items + item] = (float) scores[item];
      }
    }
  }

  static TopK topK(TopKSearch op) {
    BestK[] best = new BestK[op.hidden().rows()];
    for (int row = 0; row < best.length; row++) {
      RankingRow rules = new RankingRow(op, row);
      best[row] = new BestK(Math.min(op.k(), op.weights().rows()));
      double[] scores = scores(op.hidden(), row, op.weights(), op.bias());
      for (int item = 0; item < scores.length; item++) {
        if (rules.admits(item)) {
          best[row].offer((float) scores[item], item);
        }
      }
    }
    return RankingRow.answer(best);
  }
}
