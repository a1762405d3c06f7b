package dev.segue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.data.SessionLog;
import dev.segue.data.SessionLogs;
import dev.segue.kernels.Backend;
import dev.segue.kernels.BackendChoice;
import dev.segue.kernels.Backends;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Training on a mapped log that the heap cannot hold. The run ends after some batches, since all
/// of them would take hours: what depends on the size of the log comes before the first.
class SmallHeapTrainingTest {
  private static final int SESSIONS = 700_000;
  private static final int EVENTS_A_SESSION = 8;
  private static final int ITEMS = 500;
  private static final int BATCHES = 20;

  @TempDir Path folder;

  @Test
  void aLogLargerThanTheHeapTrains() throws Exception {
    Path file = folder.resolve("log.segue-log");
    SessionLogs.write(log(), file);
    assertThat(Files.size(file)).isGreaterThan(90L << 20);

    Path out = folder.resolve("out.txt");
    Process child =
        new ProcessBuilder(command(file, folder.resolve("model")))
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();

    assertThat(child.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(child.exitValue()).as(Files.readString(out)).isZero();
    assertThat(folder.resolve("model.checkpoint")).isDirectory();
  }

  private static SessionLog log() {
    SessionLog.Builder log = SessionLog.builder();
    for (int session = 0; session < SESSIONS; session++) {
      for (int event = 0; event < EVENTS_A_SESSION; event++) {
        String item = Logs.id((session * 31 + event * 7) % ITEMS);
        log.add("s" + session, item, session * 1000L + event, "", event);
      }
    }
    return log.build();
  }

  private static List<String> command(Path file, Path model) {
    List<String> paths = new ArrayList<>();
    for (String property : List.of("jdk.module.path", "java.class.path")) {
      paths.add(System.getProperty(property, ""));
    }
    paths.add(Path.of("target", "classes").toAbsolutePath().toString());
    paths.add(Path.of("target", "test-classes").toAbsolutePath().toString());
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx64m",
        "--add-modules",
        "jdk.incubator.vector",
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        String.join(System.getProperty("path.separator"), paths),
        Child.class.getName(),
        file.toString(),
        model.toString());
  }

  /// The program that trains.
  static final class Child {
    private Child() {}

    public static void main(String[] arguments) throws IOException {
      SessionLog log = SessionLogs.read(Path.of(arguments[0]));
      if (log.sizeInBytes() < Runtime.getRuntime().maxMemory()) {
        throw new IllegalStateException(
            "the heap holds the log: %d bytes".formatted(log.sizeInBytes()));
      }
      TrainingRequest request =
          Training.request(log, Training.settings("validation", "0.1"), Path.of(arguments[1]));
      try (Backend backend = Backends.open(BackendChoice.AUTO)) {
        TrainingResult result =
            new Trainer(backend).train(request, Training.stoppingAfter(BATCHES));
        if (!result.interrupted()) {
          throw new IllegalStateException("expected the run to be stopped");
        }
      }
    }
  }
}
