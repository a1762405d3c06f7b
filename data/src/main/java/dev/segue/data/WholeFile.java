package dev.segue.data;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// Writes a text file beside its final name and moves it into place, so that no reader ever sees
/// half of one and a full disk leaves the old file as it was.
final class WholeFile {
  private WholeFile() {}

  /// Writes the content of a file.
  @FunctionalInterface
  interface Content {
    void writeTo(BufferedWriter out) throws IOException;
  }

  static void write(Path file, Content content) {
    Path absolute = file.toAbsolutePath();
    Path folder = absolute.getParent();
    if (folder == null || Files.isDirectory(absolute)) {
      throw new DataException(file + ": cannot be written: is a directory, expected a file");
    }
    try {
      Files.createDirectories(folder);
      Path part = Files.createTempFile(folder, "." + absolute.getFileName(), ".part");
      try {
        try (BufferedWriter out = Files.newBufferedWriter(part, StandardCharsets.UTF_8)) {
          content.writeTo(out);
        }
        Files.move(
            part, absolute, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException | UncheckedIOException e) {
      Throwable cause = e.getCause() instanceof IOException io ? io : e;
      throw new DataException(
          "%s: cannot be written: %s: %s"
              .formatted(file, cause.getClass().getSimpleName(), cause.getMessage()),
          e);
    }
  }
}
