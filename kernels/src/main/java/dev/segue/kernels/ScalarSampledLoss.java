package dev.segue.kernels;

/// The sampled output layer with its loss, in plain loops, one row at a time. Formulas:
/// [SampledLoss].
final class ScalarSampledLoss {
  private ScalarSampledLoss() {}

  static double run(SampledLoss op) {
    SampledLoss.Gradients gradients = op.gradients();
    if (gradients != null) {
      gradients.rows().fill(0);
      if (gradients.bias() != null) {
        gradients.bias().fill(0);
      }
    }
    double loss = 0;
    for (int row = 0; row < op.hidden().rows(); row++) {
      double[] d = new double[op.items().length];
      double rowLoss =
          switch (op.objective()) {
            case SampledLoss.Softmax _ -> softmax(op, row, d);
            case SampledLoss.BprMax bprMax -> bprMax(op, bprMax, row, d);
          };
      loss += op.rowWeight(row) * rowLoss;
      if (gradients != null) {
        rowGradients(op, gradients, row, d);
      }
    }
    return loss;
  }

  private static double score(SampledLoss op, int row, int column) {
    HeapTensor hidden = HeapTensor.of(op.hidden());
    HeapTensor weights = HeapTensor.of(op.weights());
    int item = op.items()[column];
    double sum = op.bias() == null ? 0 : HeapTensor.of(op.bias()).get(0, item);
    if (op.corrections().length > 0) {
      sum -= op.corrections()[column];
    }
    for (int unit = 0; unit < hidden.columns(); unit++) {
      sum += (double) hidden.get(row, unit) * weights.get(item, unit);
    }
    return sum;
  }

  /// Returns whether a column is a negative of a row.
  private static boolean isNegative(SampledLoss op, int row, int column) {
    return op.items()[column] != op.items()[row];
  }

  /// Returns a row's loss and the derivative by each of its scores.
  private static double softmax(SampledLoss op, int row, double[] d) {
    double max = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < d.length; j++) {
      boolean takesPart = j == row || isNegative(op, row, j);
      d[j] = takesPart ? score(op, row, j) : Double.NEGATIVE_INFINITY;
      max = Math.max(max, d[j]);
    }
    double sum = 0;
    for (double logit : d) {
      sum += Math.exp(logit - max);
    }
    double logSumExp = max + Math.log(sum);
    double loss = logSumExp - d[row];
    for (int j = 0; j < d.length; j++) {
      d[j] = Math.exp(d[j] - logSumExp) - (j == row ? 1 : 0);
    }
    return loss;
  }

  /// As [#softmax]. With `A = Σ s_j σ_j`, `B = Σ s_j r_j²` and `w_j = s_j σ_j / A`:
  ///
  /// ```
  /// ∂loss/∂r_j = s_j (1 + λ (r_j² + 2 r_j − B)) − w_j σ_j        ∂loss/∂r_i = Σ w_j σ_j − 1
  /// ```
  private static double bprMax(SampledLoss op, SampledLoss.BprMax bprMax, int row, double[] d) {
    double[] r = new double[d.length];
    boolean[] takesPart = new boolean[d.length];
    double max = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < r.length; j++) {
      double score = score(op, row, j);
      takesPart[j] = isNegative(op, row, j) && score != Double.NEGATIVE_INFINITY;
      r[j] = elu(score, bprMax.elu());
      max = takesPart[j] ? Math.max(max, r[j]) : max;
    }
    if (max == Double.NEGATIVE_INFINITY) {
      return 0;
    }
    double reference = Math.min(max, r[row]);
    double[] s = new double[r.length];
    double[] w = new double[r.length];
    double sum = 0;
    double sumW = 0;
    for (int j = 0; j < r.length; j++) {
      if (takesPart[j]) {
        s[j] = Math.exp(r[j] - max);
        w[j] = Math.exp(Math.min(r[j], r[row]) - reference) / (1 + Math.exp(-gap(r, row, j)));
        sum += s[j];
        sumW += w[j];
      }
    }
    double squares = 0;
    for (int j = 0; j < r.length; j++) {
      s[j] /= sum;
      w[j] /= sumW;
      squares += takesPart[j] ? s[j] * r[j] * r[j] : 0;
    }
    double pulled = 0;
    for (int j = 0; j < r.length; j++) {
      if (takesPart[j]) {
        double sigma = 1 / (1 + Math.exp(r[j] - r[row]));
        double regular = bprMax.regularisation() * (r[j] * r[j] + 2 * r[j] - squares);
        d[j] = (s[j] * (1 + regular) - w[j] * sigma) * eluSlope(r[j], bprMax.elu());
        pulled += w[j] * sigma;
      }
    }
    d[row] = (pulled - 1) * eluSlope(r[row], bprMax.elu());
    double logA = reference - max - Math.log(sum) + Math.log(sumW);
    return -logA + bprMax.regularisation() * squares;
  }

  private static double gap(double[] r, int row, int j) {
    return Math.abs(r[j] - r[row]);
  }

  private static double elu(double x, double a) {
    return a == 0 || x > 0 ? x : a * Math.expm1(x);
  }

  private static double eluSlope(double r, double a) {
    return a == 0 || r > 0 ? 1 : r + a;
  }

  private static void rowGradients(
      SampledLoss op, SampledLoss.Gradients gradients, int row, double[] d) {
    HeapTensor hidden = HeapTensor.of(op.hidden());
    HeapTensor weights = HeapTensor.of(op.weights());
    HeapTensor rows = HeapTensor.of(gradients.rows());
    double[] hiddenGradient = new double[hidden.columns()];
    for (int j = 0; j < d.length; j++) {
      double scaled = op.scale() * op.rowWeight(row) * d[j];
      for (int unit = 0; unit < hiddenGradient.length; unit++) {
        hiddenGradient[unit] += scaled * weights.get(op.items()[j], unit);
        rows.add(j, unit, (float) (scaled * hidden.get(row, unit)));
      }
      if (gradients.bias() != null) {
        HeapTensor.of(gradients.bias()).add(0, j, (float) scaled);
      }
    }
    for (int unit = 0; unit < hiddenGradient.length; unit++) {
      HeapTensor.of(gradients.hidden()).set(row, unit, (float) hiddenGradient[unit]);
    }
  }
}
