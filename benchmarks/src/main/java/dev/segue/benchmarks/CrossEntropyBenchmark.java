package dev.segue.benchmarks;

import java.util.Objects;
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

/// The output layer with softmax cross-entropy over all items, forward and gradients: 3,200 rows
/// (64 sessions of 50 steps), hidden 256. `flops` counts the three matrix products alone.
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 3,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"})
@State(Scope.Benchmark)
public class CrossEntropyBenchmark {
  private static final int ROWS = 3200;
  private static final int HIDDEN = 256;
  private static final double SHARE = 2e-5;

  /// Counts floating-point operations.
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Work {
    public long flops;
  }

  @Param({"SCALAR", "VECTOR", "DJL"})
  private Contender contender = Contender.VECTOR;

  @Param({"1", "2"})
  private int threads = 1;

  @Param("20000")
  private int items = 20_000;

  private long flops;
  private @Nullable CrossEntropyTask task;

  /// Compares the contender with Segue's plain loops on a problem small enough for them, then makes
  /// the task and compares its loss with the vector backend's.
  @Setup(Level.Trial)
  public void open() {
    checkSmall(CrossEntropyTask.Problem.random(70, 600, HIDDEN));
    CrossEntropyTask.Problem problem = CrossEntropyTask.Problem.random(ROWS, items, HIDDEN);
    flops = problem.flops();
    double expected;
    try (CrossEntropyTask vector = Peer.of(Contender.VECTOR).crossEntropy(problem, threads)) {
      expected = vector.run();
    }
    task = Peer.of(contender).crossEntropy(problem, threads);
    Numbers.requireClose("crossEntropy: loss of " + contender, expected, task().run(), SHARE);
  }

  private void checkSmall(CrossEntropyTask.Problem problem) {
    try (CrossEntropyTask reference = Peer.of(Contender.SCALAR).crossEntropy(problem, 1);
        CrossEntropyTask checked = Peer.of(contender).crossEntropy(problem, threads)) {
      Numbers.requireClose(
          "crossEntropy: loss of " + contender, reference.run(), checked.run(), SHARE);
      CrossEntropyTask.Result expected = reference.result();
      CrossEntropyTask.Result actual = checked.result();
      String who = "crossEntropy: gradient of " + contender;
      Numbers.requireClose(
          who + " by hidden", expected.hiddenGradient(), actual.hiddenGradient(), SHARE);
      Numbers.requireClose(
          who + " by weights", expected.weightGradient(), actual.weightGradient(), SHARE);
      Numbers.requireClose(who + " by bias", expected.biasGradient(), actual.biasGradient(), SHARE);
    }
  }

  private CrossEntropyTask task() {
    return Objects.requireNonNull(task, "task");
  }

  /// Releases what the contender holds.
  @TearDown(Level.Trial)
  public void close() {
    task().close();
  }

  /// One pass with all gradients.
  @Benchmark
  public double lossAndGradients(Work work) {
    work.flops += flops;
    return task().run();
  }
}
