package dev.segue.benchmarks;

import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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

/// The matrix product at the shapes of the default model: batch 64 of 50 steps, embedding 128, GRU
/// 256. Reports products per second and, as `flops`, floating-point operations per second.
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 3,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"})
@State(Scope.Benchmark)
public class GemmBenchmark {
  /// What is computed: `M × N` sums of length `K`.
  public enum Shape {
    /// All inputs of a batch times the transposed input weights.
    INPUT(3200, 768, 128, false, true),
    /// The hidden states of one step times the transposed recurrent weights.
    STEP(64, 768, 256, false, true),
    /// The gradient of the recurrent weights.
    WEIGHT_GRADIENT(768, 256, 3200, true, false),
    /// All hidden states times the transposed weights of 4,096 items, a slice of the output layer.
    OUTPUT(3200, 4096, 256, false, true);

    private final int m;
    private final int n;
    private final int k;
    private final boolean transposeA;
    private final boolean transposeB;

    Shape(int m, int n, int k, boolean transposeA, boolean transposeB) {
      this.m = m;
      this.n = n;
      this.k = k;
      this.transposeA = transposeA;
      this.transposeB = transposeB;
    }
  }

  /// Counts floating-point operations.
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Work {
    public long flops;
  }

  @Param({"SCALAR", "VECTOR", "DJL", "OPENBLAS"})
  private Contender contender = Contender.VECTOR;

  @Param private Shape shape = Shape.INPUT;

  @Param({"1", "2"})
  private int threads = 1;

  private @Nullable GemmTask task;

  /// Draws the operands and checks the product.
  @Setup(Level.Trial)
  public void open() {
    Random random = new Random(5);
    GemmTask.Problem problem =
        new GemmTask.Problem(
            shape.m,
            shape.n,
            shape.k,
            Numbers.uniform(random, shape.m * shape.k, 0.5f),
            shape.transposeA,
            Numbers.uniform(random, shape.k * shape.n, 0.5f),
            shape.transposeB);
    task = Peer.of(contender).gemm(problem, threads);
    task().run();
    check(problem);
  }

  private GemmTask task() {
    return Objects.requireNonNull(task, "task");
  }

  /// Compares a thousand elements with sums in double.
  private void check(GemmTask.Problem problem) {
    float[] a = problem.a();
    float[] b = problem.b();
    float[] c = task().product();
    Random random = new Random(1);
    for (int sample = 0; sample < 1000; sample++) {
      int i = random.nextInt(shape.m);
      int j = random.nextInt(shape.n);
      double sum = 0;
      for (int p = 0; p < shape.k; p++) {
        float left = shape.transposeA ? a[p * shape.m + i] : a[i * shape.k + p];
        float right = shape.transposeB ? b[j * shape.k + p] : b[p * shape.n + j];
        sum += (double) left * right;
      }
      double bound = 1e-6 * Math.sqrt(shape.k);
      if (!(Math.abs(sum - c[i * shape.n + j]) <= bound)) {
        throw new IllegalStateException(
            "gemm: %s is wrong at [%d, %d], expected %s, got %s"
                .formatted(contender, i, j, sum, c[i * shape.n + j]));
      }
    }
  }

  /// Releases what the contender holds.
  @TearDown(Level.Trial)
  public void close() {
    task().close();
  }

  /// One product.
  @Benchmark
  public void multiply(Work work) {
    task().run();
    work.flops += 2L * shape.m * shape.n * shape.k;
  }
}
