package dev.segue.benchmarks;

import dev.segue.kernels.BackendChoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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

/// A live session of the mission's model (embedding 128, GRU 256): one event appended, and one
/// event appended with the best 21 of all items after it. One thread.
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
public class RecommendBenchmark {
  private static final int BEST = 21;
  private static final int[] CHECKED = {3, 999, 3, 17, 256};

  /// Who recommends.
  public enum Contender {
    /// Plain loops.
    SCALAR {
      @Override
      LiveModel open(Path directory) {
        return new EngineModel(BackendChoice.SCALAR, directory);
      }
    },
    /// The Vector API.
    VECTOR {
      @Override
      LiveModel open(Path directory) {
        return new EngineModel(BackendChoice.VECTOR, directory);
      }
    },
    /// PyTorch through DJL.
    DJL {
      @Override
      LiveModel open(Path directory) throws IOException {
        return openPeer(dev.segue.benchmarks.Contender.DJL, directory);
      }
    },
    /// ONNX Runtime, on the file that `segue export` writes.
    ONNXRUNTIME {
      @Override
      LiveModel open(Path directory) throws IOException {
        return openPeer(dev.segue.benchmarks.Contender.ONNXRUNTIME, directory);
      }
    };

    /// Opens a model on one thread.
    ///
    /// @param directory a model directory; `weights.safetensors` names its tensors as PyTorch does
    abstract LiveModel open(Path directory) throws IOException;

    private static LiveModel openPeer(dev.segue.benchmarks.Contender contender, Path directory)
        throws IOException {
      Peer peer = Peer.of(contender);
      peer.writeModel(directory);
      return peer.model(directory);
    }
  }

  @Param private Contender contender = Contender.VECTOR;

  @Param({"110000"})
  private int items = 110_000;

  private Path directory = Path.of("");
  private LiveModel model = new NoModel();
  private int next;

  /// Makes a model of random weights and compares an answer with that of the plain loops.
  @Setup(Level.Trial)
  public void open() throws IOException {
    directory = Files.createTempDirectory("segue-model");
    SyntheticModel.write(directory, items);
    model = contender.open(directory);
    try (LiveModel plain = Contender.SCALAR.open(directory)) {
      for (int item : CHECKED) {
        plain.append(item);
        model.append(item);
      }
      int[] expected = plain.best(BEST);
      int[] actual = model.best(BEST);
      if (!Arrays.equals(expected, actual)) {
        throw new IllegalStateException(
            "recommend: %s differs from SCALAR, expected %s, got %s"
                .formatted(contender, Arrays.toString(expected), Arrays.toString(actual)));
      }
    }
    model.reset();
  }

  /// Releases and deletes the model.
  @TearDown(Level.Trial)
  public void close() throws IOException {
    model.close();
    delete(directory);
  }

  static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private int nextItem() {
    next = (next + 7919) % items;
    return next;
  }

  /// One step of the GRU.
  @Benchmark
  public LiveModel append() {
    model.append(nextItem());
    return model;
  }

  /// One step of the GRU and the best 21 items.
  @Benchmark
  public int[] appendAndRecommend() {
    model.append(nextItem());
    return model.best(BEST);
  }

  /// Stands where no contender is open yet.
  private static final class NoModel implements LiveModel {
    @Override
    public void reset() {}

    @Override
    public void append(int item) {
      throw new IllegalStateException("recommend: append before open");
    }

    @Override
    public int[] best(int k) {
      throw new IllegalStateException("recommend: best before open");
    }

    @Override
    public void close() {}
  }
}
