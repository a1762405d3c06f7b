package dev.segue.kernels;

/// The output layer with its loss, in plain loops, one row of logits at a time. Formula:
/// [SoftmaxCrossEntropy].
final class ScalarCrossEntropy {
  private ScalarCrossEntropy() {}

  static double run(SoftmaxCrossEntropy op) {
    int[] targets = op.targets();
    double loss = 0;
    for (int row = 0; row < targets.length; row++) {
      double[] logits = ScalarRanking.scores(op.hidden(), row, op.weights(), op.bias());
      double logSumExp = logSumExp(logits);
      loss += op.rowWeight(row) * (logSumExp - logits[targets[row]]);
      if (op.gradients() != null) {
        float scale = op.scale() * op.rowWeight(row);
        for (int item = 0; item < logits.length; item++) {
          double oneHot = item == targets[row] ? 1 : 0;
          logits[item] = scale * (Math.exp(logits[item] - logSumExp) - oneHot);
        }
        rowGradients(op, op.gradients(), row, logits);
      }
    }
    return loss;
  }

  private static void rowGradients(
      SoftmaxCrossEntropy op, SoftmaxCrossEntropy.Gradients gradients, int row, double[] d) {
    HeapTensor hidden = HeapTensor.of(op.hidden());
    HeapTensor weights = HeapTensor.of(op.weights());
    HeapTensor weightGradient = HeapTensor.of(gradients.weights());
    double[] hiddenGradient = new double[hidden.columns()];
    for (int item = 0; item < d.length; item++) {
      for (int unit = 0; unit < hiddenGradient.length; unit++) {
        hiddenGradient[unit] += d[item] * weights.get(item, unit);
        weightGradient.add(item, unit, (float) (d[item] * hidden.get(row, unit)));
      }
      if (gradients.bias() != null) {
        HeapTensor.of(gradients.bias()).add(0, item, (float) d[item]);
      }
    }
    for (int unit = 0; unit < hiddenGradient.length; unit++) {
      HeapTensor.of(gradients.hidden()).set(row, unit, (float) hiddenGradient[unit]);
    }
  }

  /// The greatest logit is taken out first, so that no exponential overflows.
  private static double logSumExp(double[] logits) {
    double max = Double.NEGATIVE_INFINITY;
    for (double logit : logits) {
      max = Math.max(max, logit);
    }
    double sum = 0;
    for (double logit : logits) {
      sum += Math.exp(logit - max);
    }
    return max + Math.log(sum);
  }
}
