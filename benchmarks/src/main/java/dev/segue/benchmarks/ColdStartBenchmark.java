package dev.segue.benchmarks;

import dev.segue.engine.Recommendation;
import dev.segue.engine.RecommendationQuery;
import dev.segue.engine.Recommender;
import dev.segue.engine.SessionEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
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

/// A service that starts: load a model and give the first answer. Every sample is a JVM of its own;
/// the JVM's own start is not in the figure, and nothing of the engine or of a peer was loaded
/// before. The model's files are in the page cache, since each fork has just written them.
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Fork(
    value = 10,
    jvmArgsAppend = {
      "--add-modules",
      "jdk.incubator.vector",
      "--enable-native-access=ALL-UNNAMED",
      "-Xmx4g"
    })
@State(Scope.Benchmark)
public class ColdStartBenchmark {
  private static final int BEST = 21;

  /// Who starts.
  public enum Contender {
    /// A recommender with all that it offers: model, titles, content, popularity.
    SEGUE {
      @Override
      int start(Path directory, int item) {
        try (Recommender recommender = Recommender.load(directory)) {
          List<SessionEvent> session = List.of(SessionEvent.click(SyntheticModel.itemId(item)));
          Recommendation answer = recommender.recommend(session, RecommendationQuery.top(BEST));
          return answer.items().size();
        }
      }
    },
    /// PyTorch through DJL: weights and items by number.
    DJL {
      @Override
      int start(Path directory, int item) {
        return startPeer(dev.segue.benchmarks.Contender.DJL, directory, item);
      }
    },
    /// ONNX Runtime: weights and items by number.
    ONNXRUNTIME {
      @Override
      int start(Path directory, int item) {
        return startPeer(dev.segue.benchmarks.Contender.ONNXRUNTIME, directory, item);
      }
    };

    private static int startPeer(
        dev.segue.benchmarks.Contender contender, Path directory, int item) {
      try (LiveModel model = Peer.of(contender).model(directory)) {
        model.append(item);
        return model.best(BEST).length;
      }
    }

    /// Loads a model, answers once and releases the model.
    ///
    /// @param directory a model directory; `weights.safetensors` names its tensors as PyTorch does
    /// @param item the session's only item
    /// @return length of the answer
    abstract int start(Path directory, int item);
  }

  @Param private Contender contender = Contender.SEGUE;

  @Param({"110000"})
  private int items = 110_000;

  private Path directory = Path.of("");

  /// Writes the model in a process of its own, so that this JVM has loaded nothing of the engine.
  @Setup(Level.Trial)
  public void write() throws IOException, InterruptedException {
    directory = Files.createTempDirectory("segue-model");
    Process writer =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                SyntheticModelWriter.class.getName(),
                directory.toString(),
                Integer.toString(items),
                contender.name())
            .inheritIO()
            .start();
    if (writer.waitFor() != 0) {
      throw new IllegalStateException("cold start: the model could not be written");
    }
  }

  /// Deletes the model.
  @TearDown(Level.Trial)
  public void delete() throws IOException {
    RecommendBenchmark.delete(directory);
  }

  /// Load and first answer.
  @Benchmark
  public int loadAndAnswer() {
    int answered = contender.start(directory, 17);
    if (answered != BEST) {
      throw new IllegalStateException(
          "cold start: expected %d items, got %d".formatted(BEST, answered));
    }
    return answered;
  }
}
