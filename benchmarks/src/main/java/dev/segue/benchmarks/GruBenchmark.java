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

/// One GRU layer, forward and backward through time, at the sizes of the default model: 64 sessions
/// of 50 steps, embedding 128, hidden 256. `flops` counts the matrix products alone.
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 3,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"})
@State(Scope.Benchmark)
public class GruBenchmark {
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

  private final GruTask.Problem problem = GruTask.Problem.random(64, 50, 128, 256);
  private final GruTask.Problem shorter = GruTask.Problem.random(64, 9, 128, 256);
  private @Nullable GruTask task;

  /// Compares the contender on fewer steps with Segue's plain loops, then makes the task.
  @Setup(Level.Trial)
  public void open() {
    try (GruTask reference = Peer.of(Contender.SCALAR).gru(shorter, 1);
        GruTask checked = Peer.of(contender).gru(shorter, threads)) {
      reference.run();
      checked.run();
      requireAgreement(reference.result(), checked.result());
    }
    task = Peer.of(contender).gru(problem, threads);
  }

  private void requireAgreement(GruTask.Result expected, GruTask.Result actual) {
    String who = "gru: " + contender;
    Numbers.requireClose(who + " hidden", expected.hidden(), actual.hidden(), SHARE);
    Numbers.requireClose(
        who + " input gradient", expected.inputGradient(), actual.inputGradient(), SHARE);
    Numbers.requireClose(
        who + " input weight gradient",
        expected.inputWeightGradient(),
        actual.inputWeightGradient(),
        SHARE);
    Numbers.requireClose(
        who + " recurrent weight gradient",
        expected.recurrentWeightGradient(),
        actual.recurrentWeightGradient(),
        SHARE);
  }

  private GruTask task() {
    return Objects.requireNonNull(task, "task");
  }

  /// Releases what the contender holds.
  @TearDown(Level.Trial)
  public void close() {
    task().close();
  }

  /// One pass forward and backward.
  @Benchmark
  public void forwardAndBackward(Work work) {
    task().run();
    work.flops += problem.flops();
  }
}
