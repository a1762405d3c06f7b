package dev.segue.engine.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryReplacementTest {
  private static final Path FULL = Path.of("/dev/full");

  @TempDir Path folder;

  private static void write(Path directory, String text) throws IOException {
    Files.writeString(directory.resolve("a.txt"), text);
    Manifest.write(directory, List.of("a.txt"));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void anOldDirectoryIsReplacedWithAllItsFiles() throws IOException {
    Path target = folder.resolve("model");
    new DirectoryReplacement(target)
        .replace(fresh -> {
          write(fresh, "old");
          Files.createDirectories(fresh.resolve("sub"));
        });
    new DirectoryReplacement(target).replace(fresh -> write(fresh, "new"));

    assertThat(target.resolve("a.txt")).hasContent("new");
    assertThat(target.resolve("sub")).doesNotExist();
    assertThat(names()).containsExactly("model");
  }

  @Test
  void missingParentsAreMade() throws IOException {
    Path target = folder.resolve("a/b/model");
    new DirectoryReplacement(target).replace(fresh -> write(fresh, "x"));
    assertThat(target.resolve("a.txt")).hasContent("x");
  }

  @Test
  void aFullDiskLeavesTheOldDirectoryAndNothingElse() throws IOException {
    assumeTrue(Files.isWritable(FULL), "needs /dev/full, a device without space");
    Path target = folder.resolve("model");
    new DirectoryReplacement(target).replace(fresh -> write(fresh, "old"));

    assertThatThrownBy(() ->
            new DirectoryReplacement(target)
                .replace(fresh -> {
                  write(fresh, "new");
                  Path weights = fresh.resolve("weights.safetensors");
                  Files.createSymbolicLink(weights, FULL);
                  SafetensorsWriter.write(
                      weights, List.of(new TensorData.Ints("a", new int[9])), Map.of());
                }))
        .isInstanceOf(IOException.class)
        .hasMessage("No space left on device");
    assertThat(target.resolve("a.txt")).hasContent("old");
    assertThat(names()).containsExactly("model");
  }

  @Test
  void aDirectoryWithOtherFilesIsRefused() throws IOException {
    Path target = Files.createDirectory(folder.resolve("photos"));
    Files.writeString(target.resolve("holiday.jpg"), "x");
    assertThatThrownBy(() -> new DirectoryReplacement(target).replace(fresh -> write(fresh, "x")))
        .hasMessage(target + " holds other files and no model; choose another name or remove it");
    assertThat(target.resolve("holiday.jpg")).exists();

    Files.writeString(target.resolve(Manifest.NAME), "Manifest-Version: 1.0\n");
    assertThatThrownBy(() -> new DirectoryReplacement(target).check())
        .hasMessageContaining("holds other files and no model");
  }

  @Test
  void aFileInTheWayIsRefused() throws IOException {
    Path target = Files.writeString(folder.resolve("model"), "x");
    assertThatThrownBy(() -> new DirectoryReplacement(target).check())
        .hasMessage(target + " is a file, expected a directory");
  }

  @Test
  void aParentThatIsAFileIsRefused() throws IOException {
    Path parent = Files.writeString(folder.resolve("parent"), "x");
    assertThatThrownBy(() -> new DirectoryReplacement(parent.resolve("model")).check())
        .isInstanceOf(IOException.class)
        .satisfies(e -> assertThat(IoReasons.of((IOException) e)).contains(parent.toString()));
  }

  @Test
  void anEmptyDirectoryIsUsed() throws IOException {
    Path target = Files.createDirectory(folder.resolve("model"));
    new DirectoryReplacement(target).replace(fresh -> write(fresh, "x"));
    assertThat(target.resolve("a.txt")).hasContent("x");
  }

  @Test
  void whatAKilledProcessLeftIsClearedUp() throws IOException, InterruptedException {
    Process ended =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-version")
            .start();
    ended.waitFor();
    Path target = folder.resolve("model");
    Path partial =
        Files.createDirectory(folder.resolve(".model.partial-%d-1a".formatted(ended.pid())));
    Files.writeString(partial.resolve("weights.safetensors"), "half");
    Path old = Files.createDirectory(folder.resolve(".model.old-%d-1b".formatted(ended.pid())));
    write(old, "moved aside, never replaced");
    long alive = ProcessHandle.current().pid();
    Path others = Files.createDirectory(folder.resolve(".model.partial-%d-1c".formatted(alive)));

    new DirectoryReplacement(target).check();

    assertThat(names()).containsExactly(others.getFileName().toString(), "model");
    assertThat(target.resolve("a.txt")).hasContent("moved aside, never replaced");
  }
}
