package dev.segue.server.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// Writes a file whole or not at all: under a temporary name in the same folder, then one rename.
final class OutputFile {
  private OutputFile() {}

  /// What a file is to hold.
  @FunctionalInterface
  interface Content {
    /// Writes it.
    void writeTo(BufferedWriter writer) throws IOException;
  }

  /// Refuses a name that cannot become a file, before any work is done for it.
  static void check(Path target) {
    if (Files.isDirectory(target)) {
      throw new UserMistake(target + ": is a directory, expected the name of a file");
    }
  }

  /// Writes a text file; missing parent folders are made. A device or a pipe is written directly.
  static void write(Path target, Content content) throws IOException {
    check(target);
    if (Files.exists(target) && !Files.isRegularFile(target)) {
      write(target, target, content);
      return;
    }
    Path file = Files.isSymbolicLink(target) ? resolve(target) : target.toAbsolutePath();
    Path parent = file.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    String temporaryName = "." + file.getFileName() + "." + ProcessHandle.current().pid() + ".tmp";
    Path temporary = file.resolveSibling(temporaryName);
    try {
      write(temporary, target, content);
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static Path resolve(Path link) throws IOException {
    return Files.exists(link)
        ? link.toRealPath()
        : link.resolveSibling(Files.readSymbolicLink(link)).toAbsolutePath();
  }

  private static void write(Path file, Path target, Content content) throws IOException {
    try (BufferedWriter writer = Files.newBufferedWriter(file)) {
      content.writeTo(writer);
    } catch (AccessDeniedException e) {
      throw new AccessDeniedException(target.toString());
    } catch (FileSystemException e) {
      throw new FileSystemException(target.toString(), null, e.getReason());
    } catch (IOException e) {
      // An error while writing, such as a full disk, does not name the file by itself.
      throw new IOException(target + ": " + Failure.lowerFirst(String.valueOf(e.getMessage())), e);
    }
  }
}
