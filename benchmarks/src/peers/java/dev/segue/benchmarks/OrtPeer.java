package dev.segue.benchmarks;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.file.Path;

/// ONNX Runtime on the CPU, asked what `segue export` wrote.
public final class OrtPeer implements Peer {
  private static final int BEST = 21;

  @Override
  public Contender contender() {
    return Contender.ONNXRUNTIME;
  }

  /// Opens a file with so many threads, one of them the caller's.
  static OrtSession open(Path file, int threads) {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      return OrtEnvironment.getEnvironment().createSession(file.toString(), options);
    } catch (OrtException e) {
      throw new IllegalStateException("benchmark: ONNXRUNTIME: " + e.getMessage(), e);
    }
  }

  @Override
  public Ranker ranker(RankingTask task, int threads) {
    return new OrtRanker(task, threads);
  }

  @Override
  public void writeModel(Path directory) throws IOException {
    OrtLiveModel.write(directory, BEST);
  }

  @Override
  public LiveModel model(Path directory) {
    return new OrtLiveModel(directory, BEST);
  }
}
