package dev.segue.benchmarks;

/// Segue itself, on one of its backends.
record SeguePeer(Contender contender) implements Peer {
  @Override
  public GemmTask gemm(GemmTask.Problem problem, int threads) {
    return new SegueGemm(contender.open(threads), problem);
  }

  @Override
  public GruTask gru(GruTask.Problem problem, int threads) {
    return new SegueGru(contender.open(threads), problem);
  }

  @Override
  public CrossEntropyTask crossEntropy(CrossEntropyTask.Problem problem, int threads) {
    return new SegueCrossEntropy(contender.open(threads), problem);
  }

  @Override
  public TrainingTask training(TrainingTask.Problem problem, int threads) {
    return new SegueTraining(contender.open(threads), problem);
  }
}
