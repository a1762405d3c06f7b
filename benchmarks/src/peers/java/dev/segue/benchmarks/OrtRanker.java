package dev.segue.benchmarks;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.segue.engine.onnx.OnnxParts;
import dev.segue.kernels.Backend;
import dev.segue.kernels.BackendChoice;
import dev.segue.kernels.Backends;
import dev.segue.kernels.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/// `Gemm`, then `TopK`.
final class OrtRanker implements Ranker {
  private final RankingTask task;
  private final OrtSession session;

  OrtRanker(RankingTask task, int threads) {
    this.task = task;
    try {
      Path file = Files.createTempFile("segue-ranking", ".onnx");
      try (Backend backend = Backends.open(BackendChoice.SCALAR)) {
        Tensor weights = backend.allocate(task.items(), task.size());
        task.weights(weights::write);
        Tensor bias = backend.tensor(1, task.items(), task.bias());
        OnnxParts.writeRanking(weights, bias, task.k(), file);
        session = OrtPeer.open(file, threads);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public int[][] best(float[] queries) {
    long[] shape = {task.rows(), task.size()};
    try (OnnxTensor hidden =
            OnnxTensor.createTensor(
                OrtEnvironment.getEnvironment(), FloatBuffer.wrap(queries), shape);
        OrtSession.Result result = session.run(Map.of("hidden", hidden), Set.of("top_items"))) {
      return items(result.get(0).getValue());
    } catch (OrtException e) {
      throw new IllegalStateException("benchmark: ONNXRUNTIME: " + e.getMessage(), e);
    }
  }

  static int[][] items(Object topItems) {
    return Arrays.stream((long[][]) topItems)
        .map(row -> Arrays.stream(row).mapToInt(Math::toIntExact).toArray())
        .toArray(int[][]::new);
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("benchmark: ONNXRUNTIME: " + e.getMessage(), e);
    }
  }
}
