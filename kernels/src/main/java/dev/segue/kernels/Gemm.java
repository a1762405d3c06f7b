package dev.segue.kernels;

import org.jspecify.annotations.Nullable;

/// Arguments of [Backend#gemm]: `c = op(a) · op(b) + bias (+ c)`, where `op` is the identity or the
/// transpose.
///
/// @param a `M × K`, or `K × M` when transposed
/// @param transposeA whether `a` enters transposed
/// @param b `K × N`, or `N × K` when transposed
/// @param transposeB whether `b` enters transposed
/// @param c `M × N`, another tensor than `a` and `b`
/// @param bias `1 × N`, added to every row of the product, or null
/// @param accumulate whether the product is added to `c` instead of replacing it
public record Gemm(
    Tensor a,
    boolean transposeA,
    Tensor b,
    boolean transposeB,
    Tensor c,
    @Nullable Tensor bias,
    boolean accumulate) {

  /// Checks shapes.
  public Gemm {
    int k = transposeA ? a.rows() : a.columns();
    Shapes.equal("gemm", "inner sizes of a and b differ", k, transposeB ? b.columns() : b.rows());
    int m = transposeA ? a.columns() : a.rows();
    int n = transposeB ? b.rows() : b.columns();
    Shapes.check("gemm", "c", c, m, n);
    if (bias != null) {
      Shapes.check("gemm", "bias", bias, 1, n);
    }
    if (c == a || c == b) {
      throw new IllegalArgumentException(
          "gemm: c is an input too, expected another tensor, got " + (c == a ? "a" : "b"));
    }
  }

  /// Returns the number of rows of the product.
  public int m() {
    return c.rows();
  }

  /// Returns the number of columns of the product.
  public int n() {
    return c.columns();
  }

  /// Returns the length of the sums.
  public int k() {
    return transposeA ? a.rows() : a.columns();
  }
}
