package dev.segue.engine;

import dev.segue.data.Catalogue;
import dev.segue.data.DataException;
import dev.segue.data.Item;
import dev.segue.data.ItemSource;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The items of a model directory, made when they are asked for: one from its line, or all.
///
/// A model of 110,000 items answers after it has read the lines of the 21 items that it names; to
/// parse all of them takes a second or more. The file is open until all items are made, so the
/// directory may be replaced meanwhile.
final class ItemFile implements ItemSource {
  private final Path path;
  private final RandomAccessFile file;
  private final ItemIndex index;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable List<Item> all;

  private ItemFile(Path path, RandomAccessFile file, ItemIndex index) {
    this.path = path;
    this.file = file;
    this.index = index;
  }

  /// Reads an `items.jsonl` as far as is needed to find items in it.
  static ItemFile open(Path path) throws IOException {
    // Not a channel: a thread that is interrupted while it reads from one closes it for all.
    RandomAccessFile file = new RandomAccessFile(path.toFile(), "r");
    try {
      return new ItemFile(
          path, file, ItemIndex.of(new Bytes(file, new ReentrantLock()), file.length()));
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /// Returns the catalogue of these items.
  ///
  /// @param expected how many there must be
  Catalogue catalogue(int expected) throws IOException {
    if (index.size() != expected) {
      throw new IOException(
          "does not fit config.json, expected %d items, got %d".formatted(expected, index.size()));
    }
    if (index.isDistinct()) {
      return Catalogue.of(this);
    }
    try {
      return Catalogue.of(items());
    } catch (DataException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public int size() {
    return index.size();
  }

  @Override
  public int indexOf(String id) {
    int candidate = index.candidate(id);
    return candidate >= 0 && item(candidate).id().equals(id) ? candidate : -1;
  }

  @Override
  public Item item(int item) {
    List<Item> made = all;
    if (made != null) {
      return made.get(item);
    }
    byte[] line = new byte[(int) (index.start(item + 1) - index.start(item))];
    lock.lock();
    try {
      made = all;
      if (made != null) {
        return made.get(item);
      }
      file.seek(index.start(item));
      file.readFully(line);
    } catch (IOException e) {
      throw damaged(e);
    } finally {
      lock.unlock();
    }
    try {
      return ItemLines.one(line, 0, line.length, item + 1);
    } catch (IOException e) {
      throw damaged(e);
    }
  }

  /// Makes all items; called once at a time.
  @Override
  public List<Item> items() {
    List<Item> made = all;
    if (made != null) {
      return made;
    }
    try {
      made =
          List.copyOf(
              ItemLines.read(new Bytes(file, lock), index.start(index.size()), index.size()));
    } catch (IOException e) {
      throw damaged(e);
    }
    lock.lock();
    try {
      all = made;
      file.close();
    } catch (IOException e) {
      throw damaged(e);
    } finally {
      lock.unlock();
    }
    return made;
  }

  private ModelException damaged(IOException e) {
    String reason = e instanceof EOFException ? "it was truncated" : String.valueOf(e.getMessage());
    return new ModelException(
        "model: %s: %s: %s".formatted(path.getParent(), path.getFileName(), reason), e);
  }

  /// The file from its start, beside others that read from it.
  private static final class Bytes extends InputStream {
    private final RandomAccessFile file;
    private final ReentrantLock lock;
    private long position;

    Bytes(RandomAccessFile file, ReentrantLock lock) {
      this.file = file;
      this.lock = lock;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      lock.lock();
      try {
        file.seek(position);
        int read = file.read(bytes, from, length);
        position += Math.max(0, read);
        return read;
      } finally {
        lock.unlock();
      }
    }
  }
}
