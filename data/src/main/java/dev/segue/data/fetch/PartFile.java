package dev.segue.data.fetch;

import dev.segue.data.DataException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// The beginning of a file, `<name>.part`, with what is known of the whole in `<name>.part.json`.
/// Locked while open, so that two downloads never write one file.
final class PartFile implements AutoCloseable {
  private final Path path;
  private final Path infoPath;
  private final FileChannel channel;
  private long length;
  private @Nullable PartInfo info;

  private PartFile(Path path, Path infoPath, FileChannel channel) throws IOException {
    this.path = path;
    this.infoPath = infoPath;
    this.channel = channel;
    this.length = channel.size();
    this.info = PartInfo.read(infoPath);
  }

  /// Opens the part file of a file, made if missing.
  static PartFile open(Path file) throws IOException {
    Path path = file.resolveSibling(file.getFileName() + ".part");
    FileChannel channel =
        FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() == null) {
        throw new OverlappingFileLockException();
      }
      channel.position(channel.size());
      return new PartFile(path, file.resolveSibling(file.getFileName() + ".part.json"), channel);
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw new DataException(path + ": another download is writing it", e);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  Path path() {
    return path;
  }

  long length() {
    return length;
  }

  /// Returns what is known of the whole file, or null where this is no usable beginning.
  @Nullable PartInfo info() {
    return info;
  }

  /// Throws away what is here.
  void clear() throws IOException {
    channel.truncate(0);
    channel.position(0);
    length = 0;
    info = null;
    Files.deleteIfExists(infoPath);
  }

  /// Begins anew; the description is on disk before the first byte is.
  void begin(PartInfo whole) throws IOException {
    clear();
    whole.write(infoPath);
    info = whole;
  }

  void append(byte[] bytes, int count) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, count);
    while (buffer.hasRemaining()) {
      length += channel.write(buffer);
    }
  }

  /// Makes sure that all bytes are on the disk.
  void force() throws IOException {
    channel.force(true);
  }

  /// Gives the file its final name; close it afterwards.
  void moveTo(Path file) throws IOException {
    Files.move(path, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    Files.deleteIfExists(infoPath);
  }

  /// Closes the file; an empty one is removed.
  @Override
  public void close() throws IOException {
    if (length == 0) {
      Files.deleteIfExists(path);
      Files.deleteIfExists(infoPath);
    }
    channel.close();
  }
}
