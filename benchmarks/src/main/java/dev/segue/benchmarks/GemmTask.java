package dev.segue.benchmarks;

/// A matrix product that can be repeated.
public interface GemmTask extends AutoCloseable {
  /// What to compute: `op(a) · op(b)`, `M × N` sums of length `K`.
  ///
  /// @param a row-major, `M × K`, or `K × M` when transposed
  /// @param b row-major, `K × N`, or `N × K` when transposed
  record Problem(
      int m, int n, int k, float[] a, boolean transposeA, float[] b, boolean transposeB) {}

  /// Computes the product.
  void run();

  /// Returns the product, `M × N`.
  float[] product();

  @Override
  void close();
}
