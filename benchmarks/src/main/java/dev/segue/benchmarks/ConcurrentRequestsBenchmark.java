package dev.segue.benchmarks;

import dev.segue.engine.ModelEvent;
import dev.segue.engine.ModelState;
import dev.segue.engine.TrainedModel;
import dev.segue.kernels.Backend;
import dev.segue.kernels.BackendChoice;
import dev.segue.kernels.Backends;
import dev.segue.kernels.TopK;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.ThreadParams;

/// Live sessions of a million items of 128 numbers that all ask at once: each thread appends an
/// event and takes the best 21, again and again. Requests per second, and the distribution of the
/// time of a request; `-t` sets the number of sessions. Every request waits for its answer before
/// the next (closed loop), so the times are those of a service that is asked as much as it can
/// take.
@BenchmarkMode({Mode.Throughput, Mode.SampleTime})
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 4)
@Measurement(iterations = 5, time = 4)
@Fork(
    value = 1,
    jvmArgsAppend = {
      "--add-modules",
      "jdk.incubator.vector",
      "--enable-native-access=ALL-UNNAMED",
      "-Xmx6g"
    })
@Threads(16)
@State(Scope.Benchmark)
public class ConcurrentRequestsBenchmark {
  private static final int BEST = 21;
  private static final int SIZE = 128;
  private static final int[] NOTHING = new int[0];

  @Param({"VECTOR"})
  private BackendChoice contender = BackendChoice.VECTOR;

  @Param({"1000000"})
  private int items = 1_000_000;

  private Path directory = Path.of("");
  private @Nullable Backend opened;
  private @Nullable TrainedModel model;

  /// One session.
  @State(Scope.Thread)
  public static class Session {
    private @Nullable ModelState state;
    private int next;

    /// Starts at an item of its own.
    @Setup(Level.Trial)
    public void start(ConcurrentRequestsBenchmark benchmark, ThreadParams thread) {
      state = Objects.requireNonNull(benchmark.model).gru().start();
      next = thread.getThreadIndex();
    }
  }

  /// Makes a model of random weights, and compares a list with the scores of all items.
  @Setup(Level.Trial)
  public void open() throws IOException {
    directory = Files.createTempDirectory("segue-model");
    SyntheticModel.writeTied(directory, items, SIZE);
    opened = Backends.open(contender);
    model = TrainedModel.read(directory, opened);
    checkBest(model.gru().start());
  }

  private void checkBest(ModelState state) {
    state.add(new ModelEvent(17, "Clicked", -1));
    float[] scores = new float[items];
    state.scores(scores);
    TopK top = state.top(BEST, NOTHING, null);
    float least = top.scores()[0][BEST - 1];
    int above = 0;
    for (float score : scores) {
      above += score > least ? 1 : 0;
    }
    for (int i = 0; i < BEST; i++) {
      float expected = scores[top.items()[0][i]];
      Numbers.requireClose("requests: score", expected, top.scores()[0][i], 1e-5);
    }
    if (above >= BEST) {
      throw new IllegalStateException(
          "requests: expected fewer than %d items above the last, got %d".formatted(BEST, above));
    }
  }

  /// Releases and deletes the model.
  @TearDown(Level.Trial)
  public void close() throws IOException {
    Objects.requireNonNull(model).close();
    Objects.requireNonNull(opened).close();
    RecommendBenchmark.delete(directory);
  }

  /// One event and the best items after it.
  @Benchmark
  public TopK appendAndRecommend(Session session) {
    session.next = (session.next + 7919) % items;
    ModelState state = Objects.requireNonNull(session.state);
    state.add(new ModelEvent(session.next, "Clicked", -1));
    TopK top = state.top(BEST, NOTHING, null);
    if (top.items()[0].length != BEST) {
      throw new IllegalStateException(
          "requests: expected %d items, got %d".formatted(BEST, top.items()[0].length));
    }
    return top;
  }
}
