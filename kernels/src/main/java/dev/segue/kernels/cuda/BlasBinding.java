package dev.segue.kernels.cuda;

/// The calls of cuBLAS that the backend needs. Matrices are column-major, as in Fortran; the one
/// caller turns our row-major products around.
///
/// Source: the cuBLAS library, `cublas_api.h` of CUDA 12 and 13.
public interface BlasBinding {
  /// Returns which file it is: `libcublas.so.13`, with its folder where one was needed.
  String library();

  /// Returns the version as cuBLAS numbers it: 130000 for 13.0.0. Needs no context.
  int version();

  /// Makes a handle in the current context.
  long create();

  /// Ends a handle.
  void destroy(long handle);

  /// Makes a handle's products run in a stream. The handle forgets its workspace.
  void setStream(long handle, long stream);

  /// Gives a handle device memory to work in, so that it allocates none: a captured graph needs it.
  void setWorkspace(long handle, long address, long bytes);

  /// Computes `C = α op(A) op(B) + β C`.
  void gemm(long handle, Product product);

  /// Types of elements.
  enum Element {
    /// 32-bit floats.
    FLOAT32(0, Float.BYTES),
    /// 16-bit floats with 5 bits of exponent.
    FLOAT16(2, Short.BYTES),
    /// 16-bit floats with 8 bits of exponent.
    BFLOAT16(14, Short.BYTES);

    final int code;
    final int bytes;

    Element(int code, int bytes) {
      this.code = code;
      this.bytes = bytes;
    }
  }

  /// How sums are computed; all sums are kept in 32-bit floats.
  enum Compute {
    /// Products of 32-bit floats as they are, or of 16-bit floats on tensor cores.
    FLOAT32(68),
    /// 32-bit floats rounded to 10 bits of fraction, on tensor cores.
    TF32(77);

    final int code;

    Compute(int code) {
      this.code = code;
    }
  }

  /// Where a matrix lies.
  ///
  /// @param address of its first element
  /// @param type of its elements
  /// @param stride elements from one column to the next
  record Operand(long address, Element type, int stride) {}

  /// Arguments of [#gemm]: C is `rows × columns`, sums have `depth` terms.
  ///
  /// @param transposeA whether A lies as `depth × rows`
  /// @param transposeB whether B lies as `columns × depth`
  /// @param rows of C
  /// @param columns of C
  /// @param depth terms of a sum
  /// @param alpha factor of the product
  /// @param a left operand
  /// @param b right operand
  /// @param beta factor of what C holds; 0 overwrites it
  /// @param c result
  /// @param compute how sums are computed
  record Product(
      boolean transposeA,
      boolean transposeB,
      int rows,
      int columns,
      int depth,
      float alpha,
      Operand a,
      Operand b,
      float beta,
      Operand c,
      Compute compute) {}
}
