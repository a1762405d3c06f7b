package dev.segue.kernels;

/// Not written yet.
final class VectorBackend implements Backend {
  private final int threads;

  VectorBackend(int threads) {
    this.threads = threads;
  }

  @Override
  public String name() {
    return "vector";
  }

  @Override
  public String description() {
    return "vector (%d threads)".formatted(threads);
  }

  @Override
  public Tensor allocate(int rows, int columns) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void gatherRows(GatherRows operation) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void scatterAddRows(ScatterAddRows operation) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void gemm(Gemm operation) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void gruForward(GruForward operation) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void gruBackward(GruBackward operation) {
    throw new UnsupportedOperationException();
  }

  @Override
  public double softmaxCrossEntropy(SoftmaxCrossEntropy operation) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void adam(Adam operation) {
    throw new UnsupportedOperationException();
  }

  @Override
  public double clipByGlobalNorm(GradientClipping operation) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void dropout(Dropout operation) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void scores(Scores operation) {
    throw new UnsupportedOperationException();
  }

  @Override
  public TopK topK(TopKSearch operation) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
