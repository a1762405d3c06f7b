package dev.segue.data;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;

/// Writes a file beside its final name and moves it into place, so that no reader ever sees half of
/// one and a full disk leaves the old file as it was.
final class WholeFile {
  private WholeFile() {}

  /// Writes the content of a file.
  @FunctionalInterface
  interface Content {
    void writeTo(BufferedWriter out) throws IOException;
  }

  /// Writes the bytes of a file.
  @FunctionalInterface
  interface Bytes {
    void writeTo(OutputStream out) throws IOException;
  }

  /// Writes to the channel of a file.
  @FunctionalInterface
  interface Channel {
    void writeTo(FileChannel channel) throws IOException;
  }

  /// Writes the part that becomes the file.
  @FunctionalInterface
  private interface Part {
    void write(Path part) throws IOException;
  }

  static void write(Path file, Content content) {
    writeBytes(
        file,
        out -> {
          var text = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
          content.writeTo(text);
          text.flush();
        });
  }

  static void writeBytes(Path file, Bytes content) {
    place(
        file,
        part -> {
          try (OutputStream out = packed(part, file)) {
            content.writeTo(out);
          }
        });
  }

  /// Writes a file through a channel, which can go back in it; it is never packed.
  static void writeChannel(Path file, Channel content) {
    place(
        file,
        part -> {
          try (FileChannel channel =
              FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            content.writeTo(channel);
          }
        });
  }

  private static void place(Path file, Part content) {
    Path absolute = file.toAbsolutePath();
    Path folder = absolute.getParent();
    if (folder == null || Files.isDirectory(absolute)) {
      throw new DataException(file + ": cannot be written: is a directory, expected a file");
    }
    try {
      Files.createDirectories(folder);
      // Not a JDK temporary file: those are for the owner's eyes only.
      Path part = folder.resolve(partName(absolute));
      try {
        content.write(part);
        Files.move(
            part, absolute, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (UncheckedIOException e) {
      throw failure(file, Objects.requireNonNull(e.getCause()));
    } catch (IOException e) {
      throw failure(file, e);
    }
  }

  /// Packs what is written as the final name says: `.gz`, `.zst` or not at all.
  private static OutputStream packed(Path part, Path named) throws IOException {
    OutputStream out =
        Files.newOutputStream(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    String name = named.toString();
    if (name.endsWith(".gz")) {
      return new GZIPOutputStream(out, 1 << 16);
    }
    return name.endsWith(".zst") ? new ZstdOutputStream(out) : out;
  }

  static String partName(Path file) {
    return ".%s.%d-%s.part"
        .formatted(
            file.getFileName(), ProcessHandle.current().pid(), Long.toHexString(System.nanoTime()));
  }

  /// Returns the error that says why a file cannot be written.
  static DataException failure(Path file, IOException error) {
    String reason =
        switch (error) {
          case AccessDeniedException denied -> "permission denied";
          case NoSuchFileException missing -> missing.getFile() + " does not exist";
          case FileAlreadyExistsException exists -> exists.getFile() + " is not a directory";
          case FileSystemException system when system.getReason() != null -> system.getReason();
          default -> String.valueOf(error.getMessage());
        };
    return new DataException("%s: cannot be written: %s".formatted(file, reason), error);
  }
}
