package dev.segue.server.bench;

import dev.segue.kernels.Backend;
import dev.segue.kernels.Gemm;
import dev.segue.kernels.RankingIndex;
import dev.segue.kernels.Tensor;
import dev.segue.kernels.TopKSearch;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Consumer;

/// Runs Segue's main operations at the sizes of the default model (embedding 128, hidden 256) on
/// random numbers, each for some seconds.
public final class Bench {
  static final int EMBEDDING = 128;
  static final int HIDDEN = 256;

  private static final int BEST = 21;
  private static final int SESSIONS = 64;
  private static final int STEPS = 20;
  private static final int LEARNT_STEPS = 10;
  private static final int LEARNT_ITEMS = 10_000;
  private static final double WARM_UP_SHARE = 0.5;

  private final Backend backend;
  private final int items;
  private final double seconds;

  /// Makes a measurement.
  ///
  /// @param items how many items are ranked
  /// @param seconds for each task; each runs at least once after a run to warm up
  public Bench(Backend backend, int items, double seconds) {
    if (items < BEST) {
      throw new IllegalArgumentException(
          "bench: items, expected at least %d, got %d".formatted(BEST, items));
    }
    this.backend = backend;
    this.items = items;
    this.seconds = seconds;
  }

  /// Runs all tasks.
  ///
  /// @param announce is told what runs next
  public List<BenchResult> run(Consumer<String> announce) {
    List<BenchResult> results = new ArrayList<>();
    announce.accept("a matrix product");
    results.add(measure(product()));
    try (BenchNetwork network = new BenchNetwork(backend, SESSIONS, STEPS, BEST)) {
      announce.accept("the GRU");
      results.add(measure(network.gru()));
    }
    int learnt = Math.min(items, LEARNT_ITEMS);
    try (BenchNetwork network = new BenchNetwork(backend, SESSIONS, LEARNT_STEPS, learnt)) {
      announce.accept("a training step");
      results.add(measure(network.trainingStep()));
    }
    announce.accept("recommendations");
    rank(results);
    return results;
  }

  private BenchTask product() {
    int m = 3200;
    int n = 3 * HIDDEN;
    Tensor a = uniform(backend, m, EMBEDDING, 1);
    Tensor b = uniform(backend, n, EMBEDDING, 1);
    Gemm gemm = new Gemm(a, false, b, true, backend.allocate(m, n), null, false);
    return new BenchTask(
        String.format(Locale.ROOT, "matrix product, %,d × %d × %d", m, n, EMBEDDING),
        2e-9 * m * n * EMBEDDING,
        "GFLOP",
        () -> {
          backend.gemm(gemm);
          // A GPU has done its work when somebody has a number of it.
          gemm.c().read(0, FloatBuffer.allocate(gemm.n()));
        });
  }

  private void rank(List<BenchResult> results) {
    try (Tensor weights = uniform(backend, items, HIDDEN, 0.0625f);
        Tensor bias = uniform(backend, 1, items, 0.0625f);
        Tensor hidden = uniform(backend, 1, HIDDEN, 1);
        BenchNetwork network = new BenchNetwork(backend, 1, 1, BEST)) {
      RankingIndex index = backend.rankingIndex(weights, bias);
      Runnable rank = () -> backend.topK(new TopKSearch(hidden, index, BEST, null, null));
      String list = String.format(Locale.ROOT, "best %d of %,d items", BEST, items);
      results.add(measure(new BenchTask(list, 1, "answers", rank)));
      BenchTask event = network.event();
      results.add(measure(event));
      Runnable both =
          () -> {
            event.run().run();
            rank.run();
          };
      results.add(measure(new BenchTask("one event, then the " + list, 1, "answers", both)));
    }
  }

  private BenchResult measure(BenchTask task) {
    repeat(task, WARM_UP_SHARE * seconds);
    return new BenchResult(task, repeat(task, seconds));
  }

  private static long[] repeat(BenchTask task, double seconds) {
    List<Long> nanos = new ArrayList<>();
    long begin = System.nanoTime();
    long end = begin;
    do {
      long start = end;
      task.run().run();
      end = System.nanoTime();
      nanos.add(end - start);
    } while (end - begin < seconds * 1e9);
    return nanos.stream().mapToLong(Long::longValue).toArray();
  }

  /// Makes a tensor of numbers between −bound and bound.
  static Tensor uniform(Backend backend, int rows, int columns, float bound) {
    Random random = new Random(rows * 31L + columns);
    Tensor tensor = backend.allocate(rows, columns);
    float[] row = new float[columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        row[j] = (2 * random.nextFloat() - 1) * bound;
      }
      tensor.write(i, FloatBuffer.wrap(row));
    }
    return tensor;
  }
}
