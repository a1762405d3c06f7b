package dev.segue.kernels;

import java.util.Locale;

/// What matrix products of the CUDA backend are computed in. Tensors, sums and optimisers have
/// 32-bit floats in every mode.
public enum CudaPrecision {
  /// 32-bit floats throughout.
  FLOAT32,
  /// Operands rounded to 10 bits of fraction, on tensor cores; needs cuBLAS.
  TF32,
  /// Operands rounded to bfloat16, 7 bits of fraction, on tensor cores; needs compute capability
  /// 8.0.
  BFLOAT16;

  /// Reads a name in any case.
  public static CudaPrecision parse(String name) {
    for (CudaPrecision precision : values()) {
      if (precision.name().equalsIgnoreCase(name)) {
        return precision;
      }
    }
    throw new IllegalArgumentException(
        "cuda: unknown precision, expected float32, tf32 or bfloat16, got \"%s\"".formatted(name));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
