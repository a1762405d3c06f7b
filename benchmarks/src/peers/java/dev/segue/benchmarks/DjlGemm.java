package dev.segue.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/// `torch.matmul`; transposes are views.
final class DjlGemm implements GemmTask {
  private final NDManager manager;
  private final NDArray a;
  private final NDArray b;
  private NDArray product;

  DjlGemm(NDManager manager, Problem problem) {
    this.manager = manager;
    a = matrix(problem.a(), problem.m(), problem.k(), problem.transposeA());
    b = matrix(problem.b(), problem.k(), problem.n(), problem.transposeB());
    product = a.matMul(b);
  }

  private NDArray matrix(float[] values, int rows, int columns, boolean transposed) {
    return transposed
        ? manager.create(values, new Shape(columns, rows)).transpose()
        : manager.create(values, new Shape(rows, columns));
  }

  @Override
  public void run() {
    product.close();
    product = a.matMul(b);
  }

  @Override
  public float[] product() {
    return product.toFloatArray();
  }

  @Override
  public void close() {
    manager.close();
  }
}
