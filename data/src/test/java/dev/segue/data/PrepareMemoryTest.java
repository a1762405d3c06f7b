package dev.segue.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Reads, cleans and writes as many tracks as the full public set has, in a JVM with 128 MB of
/// heap, or the size that the property `segue.test.heap` says.
class PrepareMemoryTest {
  private static final int ROWS = 114_000;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"tracks.csv", "tracks.parquet"})
  void theFullSetOfTracksFitsInto128Megabytes(String name) throws Exception {
    Path file = folder.resolve(name);
    GeneratedTracks tracks = new GeneratedTracks(ROWS);
    if (name.endsWith(".csv")) {
      tracks.writeCsv(file);
    } else {
      tracks.writeParquet(file);
    }

    Path log = folder.resolve("out.txt");
    Process child =
        new ProcessBuilder(command(file, folder.resolve("catalogue")))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    boolean ended = child.waitFor(5, TimeUnit.MINUTES);
    child.destroyForcibly();

    assertThat(ended).isTrue();
    assertThat(child.exitValue()).as(Files.readString(log)).isZero();
    System.out.println(
        name + ", " + Files.size(file) / 1_000_000 + " MB: " + Files.readString(log));
    assertThat(log).content().contains("114,000 rows read");
    assertThat(Catalogue.read(folder.resolve("catalogue")).size()).isGreaterThan(80_000);
  }

  private static List<String> command(Path file, Path out) {
    List<String> entries = new ArrayList<>();
    for (String property : List.of("jdk.module.path", "java.class.path")) {
      Stream.of(System.getProperty(property, "").split(File.pathSeparator))
          .filter(entry -> !entry.isEmpty())
          .forEach(entries::add);
    }
    entries.add(Path.of("target", "classes").toAbsolutePath().toString());
    entries.add(Path.of("target", "test-classes").toAbsolutePath().toString());
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx" + System.getProperty("segue.test.heap", "128m"),
        "-XX:+ExitOnOutOfMemoryError",
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        String.join(File.pathSeparator, entries),
        Child.class.getName(),
        file.toString(),
        out.toString());
  }

  /// What the JVM with little memory runs.
  static final class Child {
    private Child() {}

    /// Prepares a file of tracks as the command does.
    public static void main(String[] arguments) throws IOException {
      long start = System.nanoTime();
      CataloguePreparation.Prepared prepared =
          CataloguePreparation.prepare(null, Path.of(arguments[0]), null);
      prepared.write(Path.of(arguments[1]));
      System.out.printf(
          Locale.ROOT,
          "%,d rows read, %,d items, %.1f s with %d MB of heap%n",
          prepared.report().sources().getFirst().rowsRead(),
          prepared.catalogue().size(),
          (System.nanoTime() - start) / 1e9,
          Runtime.getRuntime().maxMemory() >> 20);
    }
  }
}
