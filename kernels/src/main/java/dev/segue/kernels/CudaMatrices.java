package dev.segue.kernels;

import dev.segue.kernels.cuda.BlasBinding.Compute;
import dev.segue.kernels.cuda.BlasBinding.Element;
import dev.segue.kernels.cuda.BlasBinding.Operand;
import dev.segue.kernels.cuda.BlasBinding.Product;
import dev.segue.kernels.cuda.CudaBinding.Grid;
import dev.segue.kernels.cuda.Device;
import dev.segue.kernels.cuda.Kernel;

/// Products on a GPU: by cuBLAS where there is one, else by our own kernel.
final class CudaMatrices {
  private static final int TILE = 64;
  private static final int TENSOR_ROWS = 128;

  /// Two tiles of 32 numbers in bfloat16 a row, each row padded by 8; see `tensor.cu`.
  private static final int TENSOR_SHARED_BYTES = (TENSOR_ROWS + TILE) * (32 + 8) * Short.BYTES;

  private final Device device;
  private final CudaPrecision precision;

  CudaMatrices(Device device, CudaPrecision precision) {
    this.device = device;
    this.precision = precision;
  }

  void gemm(Gemm op) {
    long c = CudaTensor.of(op.c()).address();
    multiply(
        new Factors(
            CudaTensor.of(op.a()).address(),
            op.transposeA(),
            CudaTensor.of(op.b()).address(),
            op.transposeB(),
            op.m(),
            op.n(),
            op.k()),
        c,
        op.accumulate());
    if (op.bias() != null) {
      addBias(CudaTensor.of(op.bias()).address(), c, op.m(), op.n());
    }
  }

  /// Where two row-major operands lie: op(a) is `m × k`, op(b) is `k × n`.
  record Factors(long a, boolean transposeA, long b, boolean transposeB, int m, int n, int k) {}

  /// `c (+)= op(a) op(b)`.
  void multiply(Factors factors, long c, boolean accumulate) {
    long size = (long) factors.m() * factors.n();
    if (size == 0) {
      return;
    }
    if (factors.k() == 0) {
      if (!accumulate) {
        device.fill(c, 0, size);
      }
    } else if (!device.hasBlas() && precision == CudaPrecision.BFLOAT16) {
      byKernel(Kernel.GEMM_BFLOAT16, TENSOR_ROWS, TENSOR_SHARED_BYTES, factors, c, accumulate);
    } else if (!device.hasBlas()) {
      byKernel(Kernel.GEMM_FLOAT32, TILE, 0, factors, c, accumulate);
    } else if (precision == CudaPrecision.BFLOAT16) {
      byBlasRounded(factors, c, accumulate);
    } else {
      byBlas(factors, Element.FLOAT32, c, accumulate);
    }
  }

  private void byKernel(
      Kernel kernel, int rows, int sharedBytes, Factors f, long c, boolean accumulate) {
    int tiles = Math.multiplyExact(Math.ceilDiv(f.m(), rows), Math.ceilDiv(f.n(), TILE));
    device.launch(
        kernel,
        new Grid(tiles, 1, 1, CudaLaunches.THREADS, sharedBytes, 1),
        f.a(),
        f.b(),
        c,
        f.m(),
        f.n(),
        f.k(),
        f.transposeA() ? 1 : 0,
        f.transposeB() ? 1 : 0,
        accumulate ? 1 : 0);
  }

  /// A row-major matrix is the transpose of a column-major one, so cuBLAS computes `cᵀ = op(b)ᵀ
  /// op(a)ᵀ`.
  private void byBlas(Factors f, Element type, long c, boolean accumulate) {
    Compute compute =
        precision == CudaPrecision.TF32 && type == Element.FLOAT32 ? Compute.TF32 : Compute.FLOAT32;
    device.gemm(
        new Product(
            f.transposeB(),
            f.transposeA(),
            f.n(),
            f.m(),
            f.k(),
            1,
            new Operand(f.b(), type, f.transposeB() ? f.k() : f.n()),
            new Operand(f.a(), type, f.transposeA() ? f.m() : f.k()),
            accumulate ? 1 : 0,
            new Operand(c, Element.FLOAT32, f.n()),
            compute));
  }

  private void byBlasRounded(Factors f, long c, boolean accumulate) {
    long a = rounded(f.a(), (long) f.m() * f.k());
    long b = rounded(f.b(), (long) f.k() * f.n());
    byBlas(
        new Factors(a, f.transposeA(), b, f.transposeB(), f.m(), f.n(), f.k()),
        Element.BFLOAT16,
        c,
        accumulate);
    device.release(a);
    device.release(b);
  }

  private long rounded(long source, long count) {
    long target = device.scratch(count * Short.BYTES);
    device.launch(Kernel.TO_BFLOAT16, CudaLaunches.elements(count), source, target, count);
    return target;
  }

  /// Adds a row to every row.
  void addBias(long bias, long x, int rows, int columns) {
    Grid grid = CudaLaunches.elements((long) rows * columns);
    device.launch(Kernel.ADD_BIAS, grid, bias, x, rows, columns);
  }

  /// `out (+)= Σ_i x_i` over the rows of x.
  void columnSums(long x, long out, int rows, int columns, boolean accumulate) {
    Grid grid = Grid.of(Math.max(1, Math.ceilDiv(columns, 32)), CudaLaunches.THREADS);
    device.launch(Kernel.COLUMN_SUMS, grid, x, out, rows, columns, accumulate ? 1 : 0);
  }
}
