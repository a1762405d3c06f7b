package dev.segue.engine.network;

import dev.segue.kernels.Tensor;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/// One table of item vectors that is a sum of the items' own vectors and of what their content
/// says:
///
/// ```
/// W_i = E_i + Σ_f x_if C_f        dE = dW        dC_f = Σ_i x_if dW_i
/// ```
///
/// Each row of a result is computed by one thread, entry by entry in order, so the bits do not
/// depend on the number of threads. The arrays are kept from step to step.
final class ContentTable {
  /// Rows that one task computes.
  private static final int BLOCK = 128;

  private final Tensor own;
  private final Tensor features;
  private final Tensor composed;
  private final int size;
  private float[] dense = new float[0];

  /// Makes a table.
  ///
  /// @param own E, `V × size`
  /// @param features C, `F × size`
  /// @param composed receives W, with V rows or more: those beyond V have content alone
  ContentTable(Tensor own, Tensor features, Tensor composed) {
    this.own = own;
    this.features = features;
    this.composed = composed;
    this.size = own.columns();
  }

  /// Writes rows of W.
  ///
  /// @param items the rows to write, distinct
  /// @param content x of each of them
  /// @param isDropped items without a vector of their own this time
  void compose(int[] items, SparseRows content, IntPredicate isDropped) {
    float[] table = numbers(features);
    blocks(
        items.length,
        (from, to) -> {
          float[] row = new float[size];
          for (int i = from; i < to; i++) {
            if (items[i] >= own.rows() || isDropped.test(items[i])) {
              Arrays.fill(row, 0);
            } else {
              own.read(items[i], FloatBuffer.wrap(row));
            }
            content.addProduct(i, table, size, row, 0);
            composed.write(items[i], FloatBuffer.wrap(row));
          }
        });
  }

  /// Computes dC, given a gradient of every row of W.
  ///
  /// @param gradient dW, `V × size`
  /// @param byFeature for each feature the items that have it
  /// @param sum dC, `F × size`, replaced
  void gradient(Tensor gradient, SparseRows byFeature, Tensor sum) {
    float[] values = numbers(gradient);
    blocks(
        byFeature.rows(),
        (from, to) -> {
          float[] row = new float[size];
          for (int feature = from; feature < to; feature++) {
            Arrays.fill(row, 0);
            byFeature.addProduct(feature, values, size, row, 0);
            sum.write(feature, FloatBuffer.wrap(row));
          }
        });
  }

  /// Returns dC of some features, given gradients of some rows of W.
  ///
  /// @param gradients a row for each place
  /// @param byFeature for each feature the places of the items that have it
  /// @param wanted the features
  /// @return a row for each of `wanted`
  float[] gradient(float[] gradients, SparseRows byFeature, int[] wanted) {
    float[] sums = new float[Math.multiplyExact(wanted.length, size)];
    blocks(
        wanted.length,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            byFeature.addProduct(wanted[i], gradients, size, sums, i * size);
          }
        });
    return sums;
  }

  private float[] numbers(Tensor tensor) {
    int count = Math.toIntExact(tensor.size());
    if (dense.length < count) {
      dense = new float[count];
    }
    tensor.read(0, FloatBuffer.wrap(dense, 0, count));
    return dense;
  }

  /// Takes a range of rows.
  @FunctionalInterface
  private interface Range {
    void run(int from, int to);
  }

  private static void blocks(int rows, Range range) {
    IntStream.range(0, Math.ceilDiv(rows, BLOCK))
        .parallel()
        .forEach(block -> range.run(block * BLOCK, Math.min(rows, (block + 1) * BLOCK)));
  }
}
