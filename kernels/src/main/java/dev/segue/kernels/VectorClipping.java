package dev.segue.kernels;

import java.util.List;

/// Gradient clipping: one pass to measure, another where the norm is too great. Formula:
/// [GradientClipping].
final class VectorClipping {
  /// Rows are summed in groups of about this many elements; the groups do not depend on the
  /// threads.
  private static final int GROUP_ELEMENTS = 1 << 16;

  private final Workers workers;

  VectorClipping(Workers workers) {
    this.workers = workers;
  }

  double run(GradientClipping op) {
    double squares = 0;
    for (Tensor tensor : op.gradients()) {
      squares += sumOfSquares(HeapTensor.of(tensor));
    }
    for (RowGradients rows : op.rows()) {
      squares += sumOfSquares(rows);
    }
    double norm = Math.sqrt(squares);
    if (norm > op.bound()) {
      float factor = (float) (op.bound() / norm);
      scale(op.gradients(), factor);
      for (RowGradients rows : op.rows()) {
        scale(rows.parts().stream().map(RowGradients.Part::values).toList(), factor);
      }
    }
    return norm;
  }

  private double sumOfSquares(HeapTensor tensor) {
    return sumInGroups(
        tensor.rows(),
        tensor.columns(),
        (from, to) -> {
          double sum = 0;
          for (int row = from; row < to; row++) {
            sum += sumOfSquares(tensor.array(row), tensor.offset(row), tensor.columns());
          }
          return sum;
        });
  }

  private double sumOfSquares(RowGradients rows) {
    return sumInGroups(
        rows.distinct(),
        rows.columns(),
        (from, to) -> {
          float[] gradient = new float[rows.columns()];
          double sum = 0;
          for (int group = from; group < to; group++) {
            rows.sum(group, gradient);
            sum += sumOfSquares(gradient, 0, gradient.length);
          }
          return sum;
        });
  }

  /// Returns the sum of squares of some rows.
  private interface Sum {
    double of(int from, int to);
  }

  /// Sums each group of rows by itself and the groups in order.
  private double sumInGroups(int rows, int columns, Sum part) {
    int groupRows = Math.max(1, GROUP_ELEMENTS / Math.max(1, columns));
    int groups = (rows + groupRows - 1) / groupRows;
    double[] sums = new double[groups];
    workers.run(
        groups,
        group -> sums[group] = part.of(group * groupRows, Math.min(rows, (group + 1) * groupRows)));
    double sum = 0;
    for (double each : sums) {
      sum += each;
    }
    return sum;
  }

  /// Four chains hide the latency of the additions.
  private static double sumOfSquares(float[] array, int from, int count) {
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    int i = from;
    for (; i + 4 <= from + count; i += 4) {
      sum0 += (double) array[i] * array[i];
      sum1 += (double) array[i + 1] * array[i + 1];
      sum2 += (double) array[i + 2] * array[i + 2];
      sum3 += (double) array[i + 3] * array[i + 3];
    }
    for (; i < from + count; i++) {
      sum0 += (double) array[i] * array[i];
    }
    return (sum0 + sum1) + (sum2 + sum3);
  }

  private void scale(List<Tensor> tensors, float factor) {
    for (Tensor each : tensors) {
      HeapTensor tensor = HeapTensor.of(each);
      int parts = workers.parts(tensor.size());
      workers.run(
          parts,
          part -> {
            int end = VectorGemm.cut(tensor.rows(), part + 1, parts, 1);
            for (int row = VectorGemm.cut(tensor.rows(), part, parts, 1); row < end; row++) {
              float[] array = tensor.array(row);
              int to = tensor.offset(row) + tensor.columns();
              for (int i = tensor.offset(row); i < to; i++) {
                array[i] *= factor;
              }
            }
          });
    }
  }
}
