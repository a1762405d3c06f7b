package dev.segue.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFileTest {
  @TempDir Path folder;

  @Test
  void makesMissingParentFolders() throws IOException {
    Path file = folder.resolve("a/b/c.txt");

    OutputFile.write(file, writer -> writer.append("whole"));

    assertThat(file).hasContent("whole");
  }

  @Test
  void keepsTheOldFileAndLeavesNothingBehindWhenWritingFails() throws IOException {
    Path file = Files.writeString(folder.resolve("c.txt"), "old");

    assertThatThrownBy(() ->
            OutputFile.write(
                file,
                writer -> {
                  writer.append("half").flush();
                  throw new IOException("No space left on device");
                }))
        .hasMessage("%s: no space left on device", file);

    assertThat(file).hasContent("old");
    assertThat(folder).isDirectoryContaining(path -> path.equals(file));
    assertThat(folder.toFile().list()).hasSize(1);
  }

  @Test
  void writesThroughASymbolicLink() throws IOException {
    Path real = Files.writeString(folder.resolve("real.txt"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link.txt"), real);

    OutputFile.write(link, writer -> writer.append("new"));

    assertThat(Files.isSymbolicLink(link)).isTrue();
    assertThat(real).hasContent("new");
  }

  @Test
  void refusesADirectory() {
    assertThatThrownBy(() -> OutputFile.write(folder, writer -> writer.append("x")))
        .isInstanceOf(UserMistake.class)
        .hasMessage("%s: is a directory, expected the name of a file", folder);
  }

  @Test
  void saysThatADeviceIsFull() {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "needs /dev/full, which this system lacks");

    assertThatThrownBy(() -> OutputFile.write(full, writer -> writer.append("x")))
        .isInstanceOf(IOException.class)
        .hasMessage("/dev/full: no space left on device");
  }
}
