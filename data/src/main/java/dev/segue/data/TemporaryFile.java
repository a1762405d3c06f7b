package dev.segue.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A file that nobody else sees and that is gone when the program ends, however it ends: on Linux
/// and macOS it loses its name as soon as it is open, on Windows when it is closed. Its content
/// stays for as long as it is mapped.
final class TemporaryFile implements AutoCloseable {
  private final FileChannel channel;

  /// Makes a file in a folder, which is made if it is not there.
  TemporaryFile(Path folder) {
    try {
      Files.createDirectories(folder);
      Path file = folder.resolve(WholeFile.partName(folder.resolve("segue")));
      channel =
          FileChannel.open(
              file,
              StandardOpenOption.CREATE_NEW,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE);
    } catch (IOException e) {
      throw WholeFile.failure(folder, e);
    }
  }

  /// Returns the folder for files of this kind where nothing else is said: `java.io.tmpdir`.
  static Path usualFolder() {
    return Path.of(System.getProperty("java.io.tmpdir", "."));
  }

  FileChannel channel() {
    return channel;
  }

  /// Maps all that was written, for reading.
  MemorySegment map(Arena arena) {
    try {
      return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
