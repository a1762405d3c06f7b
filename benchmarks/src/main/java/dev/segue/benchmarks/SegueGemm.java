package dev.segue.benchmarks;

import dev.segue.kernels.Backend;
import dev.segue.kernels.Gemm;
import dev.segue.kernels.Tensor;

/// Segue's matrix product.
final class SegueGemm implements GemmTask {
  private final Backend backend;
  private final Gemm gemm;

  SegueGemm(Backend backend, Problem problem) {
    this.backend = backend;
    Tensor a =
        backend.tensor(
            problem.transposeA() ? problem.k() : problem.m(),
            problem.transposeA() ? problem.m() : problem.k(),
            problem.a());
    Tensor b =
        backend.tensor(
            problem.transposeB() ? problem.n() : problem.k(),
            problem.transposeB() ? problem.k() : problem.n(),
            problem.b());
    Tensor c = backend.allocate(problem.m(), problem.n());
    gemm = new Gemm(a, problem.transposeA(), b, problem.transposeB(), c, null, false);
  }

  @Override
  public void run() {
    backend.gemm(gemm);
  }

  @Override
  public float[] product() {
    return gemm.c().toArray();
  }

  @Override
  public void close() {
    backend.close();
  }
}
