package dev.segue.benchmarks;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.nio.file.Path;

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

  @Override
  public Ranker ranker(RankingTask task, int threads) {
    return new DjlRanker(open(threads), task);
  }

  @Override
  public void writeModel(Path directory) throws IOException {
    try (NDManager manager = open(1)) {
      DjlLiveModel.write(manager, directory);
    }
  }

  @Override
  public LiveModel model(Path directory) {
    return new DjlLiveModel(open(1), directory);
  }
}
