package dev.segue.benchmarks;

import dev.segue.kernels.BackendChoice;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/// The best 21 of all items for one query or a batch of them, exact. Reports the distribution of
/// the time of a call; `queries` counts queries.
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 3,
    jvmArgsAppend = {
      "--add-modules",
      "jdk.incubator.vector",
      "--enable-native-access=ALL-UNNAMED",
      "-Xmx4g"
    })
@State(Scope.Benchmark)
public class RankingBenchmark {
  private static final int BEST = 21;
  private static final int QUERY_SETS = 16;

  /// Who ranks.
  public enum Contender {
    /// Plain loops.
    SCALAR {
      @Override
      Ranker open(RankingTask task, int threads) {
        return new BackendRanker(BackendChoice.SCALAR, task, threads, false);
      }
    },
    /// The Vector API, all weights in float.
    VECTOR {
      @Override
      Ranker open(RankingTask task, int threads) {
        return new BackendRanker(BackendChoice.VECTOR, task, threads, false);
      }
    },
    /// The Vector API with an index, 4 bits of each weight first: what the engine does.
    VECTOR_INDEXED {
      @Override
      Ranker open(RankingTask task, int threads) {
        return new BackendRanker(BackendChoice.VECTOR, task, threads, true);
      }
    },
    /// PyTorch through DJL: `linear`, then `topk`.
    DJL {
      @Override
      Ranker open(RankingTask task, int threads) {
        return Peer.of(dev.segue.benchmarks.Contender.DJL).ranker(task, threads);
      }
    },
    /// ONNX Runtime: `Gemm`, then `TopK`.
    ONNXRUNTIME {
      @Override
      Ranker open(RankingTask task, int threads) {
        return Peer.of(dev.segue.benchmarks.Contender.ONNXRUNTIME).ranker(task, threads);
      }
    };

    abstract Ranker open(RankingTask task, int threads);
  }

  /// What is ranked.
  public enum Shape {
    /// The mission's model: one session.
    MISSION(110_000, 256, 1),
    /// A million items: one session, and batches.
    MILLION(1_000_000, 128, 1),
    MILLION_BY_4(1_000_000, 128, 4),
    MILLION_BY_16(1_000_000, 128, 16);

    private final int items;
    private final int size;
    private final int rows;

    Shape(int items, int size, int rows) {
      this.items = items;
      this.size = size;
      this.rows = rows;
    }

    RankingTask task() {
      return new RankingTask(items, size, rows, BEST);
    }
  }

  /// Counts queries.
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Work {
    public long queries;
  }

  @Param private Contender contender = Contender.VECTOR_INDEXED;
  @Param private Shape shape = Shape.MISSION;

  @Param({"1", "2"})
  private int threads = 1;

  private final float[][] queries = new float[QUERY_SETS][];
  private Ranker ranker = new NoRanker();
  private int next;

  /// Draws the weights and compares the answers with sums in double.
  @Setup(Level.Trial)
  public void open() {
    RankingTask task = shape.task();
    ranker = contender.open(task, threads);
    for (int i = 0; i < QUERY_SETS; i++) {
      queries[i] = task.queries(i);
    }
    check(task, queries[0], ranker.best(queries[0]));
  }

  /// Compares an answer with sums in double: the k-th best sum bounds all others from above, but
  /// for rounding, and the order is theirs.
  static void check(RankingTask task, float[] queries, int[][] answer) {
    double[][] scores = new double[task.rows()][task.items()];
    float[] bias = task.bias();
    task.weights((first, rows) -> {
      for (int i = 0; rows.remaining() > 0; i++) {
        float[] weights = new float[task.size()];
        rows.get(weights);
        for (int row = 0; row < task.rows(); row++) {
          double sum = bias[first + i];
          for (int p = 0; p < weights.length; p++) {
            sum += (double) queries[row * weights.length + p] * weights[p];
          }
          scores[row][first + i] = sum;
        }
      }
    });
    for (int row = 0; row < task.rows(); row++) {
      double[] sorted = scores[row].clone();
      Arrays.sort(sorted);
      for (int place = 0; place < task.k(); place++) {
        double expected = sorted[sorted.length - 1 - place];
        double actual = scores[row][answer[row][place]];
        if (!(Math.abs(expected - actual) <= 1e-5)) {
          throw new IllegalStateException(
              "ranking: row %d, place %d is wrong, expected an item of score %s, got item %d of %s"
                  .formatted(row, place, expected, answer[row][place], actual));
        }
      }
    }
  }

  /// Releases the weights.
  @TearDown(Level.Trial)
  public void close() {
    ranker.close();
  }

  /// One batch.
  @Benchmark
  public void rank(Work work, Blackhole hole) {
    next = (next + 1) % QUERY_SETS;
    hole.consume(ranker.best(queries[next]));
    work.queries += shape.rows;
  }

  /// Stands where no contender is open yet.
  private static final class NoRanker implements Ranker {
    @Override
    public int[][] best(float[] queries) {
      throw new IllegalStateException("ranking: best before open");
    }

    @Override
    public void close() {}
  }
}
