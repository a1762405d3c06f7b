package dev.segue.benchmarks;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;

/// PyTorch through DJL: native kernels, MKL, autograd.
public final class DjlPeer implements Peer {
  @Override
  public Contender contender() {
    return Contender.DJL;
  }

  /// Opens PyTorch, from the jars on the class path alone.
  private static NDManager open(int threads) {
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("OPT_OUT_TRACKING", "true");
    NDManager manager = Engine.getEngine("PyTorch").newBaseManager();
    JniUtils.setNumThreads(threads);
    return manager;
  }

  @Override
  public GemmTask gemm(GemmTask.Problem problem, int threads) {
    return new DjlGemm(open(threads), problem);
  }

  @Override
  public GruTask gru(GruTask.Problem problem, int threads) {
    return new DjlGru(open(threads), problem);
  }

  @Override
  public CrossEntropyTask crossEntropy(CrossEntropyTask.Problem problem, int threads) {
    return new DjlCrossEntropy(open(threads), problem);
  }

  @Override
  public TrainingTask training(TrainingTask.Problem problem, int threads) {
    return new DjlTraining(open(threads), problem);
  }
}
