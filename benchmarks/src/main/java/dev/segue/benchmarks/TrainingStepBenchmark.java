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

/// One training step: forward, backward, Adam. See [TrainingScenario] for what is trained. `events`
/// counts targets per second.
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 3,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"})
@State(Scope.Benchmark)
public class TrainingStepBenchmark {
  private static final int CHECKED_STEPS = 2;
  private static final double FIRST_SHARE = 1e-5;

  /// DJL's Adam adds ε to the root before it corrects the root's bias, Segue's and PyTorch's own
  /// after it; where gradients are as small as ε, steps differ.
  private static final double LATER_SHARE = 2e-3;

  /// Counts targets.
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Work {
    public long events;
  }

  @Param({"VECTOR", "DJL"})
  private Contender contender = Contender.VECTOR;

  @Param({"2"})
  private int threads = 2;

  @Param private TrainingScenario scenario = TrainingScenario.MISSION;

  private TrainingTask.@Nullable Problem problem;
  private @Nullable TrainingTask task;
  private int step;

  /// Compares the losses of the first steps with Segue's plain loops on few items, and with the
  /// vector backend's on the real problem.
  @Setup(Level.Trial)
  public void open() {
    checkFirstSteps(scenario.problem(500, 6), Contender.SCALAR);
    problem = scenario.problem();
    if (contender != Contender.VECTOR) {
      checkFirstSteps(problem(), Contender.VECTOR);
    }
    task = Peer.of(contender).training(problem(), threads);
    step = 0;
  }

  private void checkFirstSteps(TrainingTask.Problem checked, Contender reference) {
    double[] expected = losses(reference, checked);
    double[] actual = losses(contender, checked);
    for (int i = 0; i < CHECKED_STEPS; i++) {
      String who = "training: loss of %s at step %d".formatted(contender, i + 1);
      Numbers.requireClose(who, expected[i], actual[i], i == 0 ? FIRST_SHARE : LATER_SHARE);
    }
  }

  private double[] losses(Contender who, TrainingTask.Problem checked) {
    double[] losses = new double[CHECKED_STEPS];
    try (TrainingTask trained = Peer.of(who).training(checked, threads)) {
      for (int i = 0; i < CHECKED_STEPS; i++) {
        losses[i] = trained.step();
      }
    }
    return losses;
  }

  private TrainingTask.Problem problem() {
    return Objects.requireNonNull(problem, "problem");
  }

  private TrainingTask task() {
    return Objects.requireNonNull(task, "task");
  }

  /// Releases what the contender holds.
  @TearDown(Level.Trial)
  public void close() {
    task().close();
  }

  /// One step.
  @Benchmark
  public double train(Work work) {
    work.events += problem().batch(step++).size();
    return task().step();
  }
}
