package dev.segue.engine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Where the lines of an `items.jsonl` start, and which of them holds an id: all that a model needs
/// before it answers. A line that is as [ItemLines] writes them is not parsed, only its id is
/// looked at; any other line is parsed at once, so that what is wrong with it is known.
final class ItemIndex {
  private static final byte[] LINE_START = "{\"Item_ID\":\"".getBytes(StandardCharsets.UTF_8);

  private static final int WINDOW_BYTES = 1 << 18;
  private static final long NEWLINES = 0x0a0a0a0a0a0a0a0aL;
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  private static final int FIRST_SIZE = 1 << 14;

  private long[] starts = new long[FIRST_SIZE + 1];
  private long[] hashes = new long[FIRST_SIZE];

  /// A hash table with open addressing: item + 1, or 0.
  private int[] slots = {};

  private int size;
  private boolean isDistinct = true;

  private ItemIndex() {}

  /// Reads all lines.
  ///
  /// @param length of the file
  static ItemIndex of(InputStream in, long length) throws IOException {
    ItemIndex index = new ItemIndex();
    index.read(in);
    index.starts[index.size] = length;
    index.fillSlots();
    return index;
  }

  /// Returns whether no two ids have one hash. Where two have, they may be the same id.
  boolean isDistinct() {
    return isDistinct;
  }

  int size() {
    return size;
  }

  /// Returns where a line starts; that of the number of items is the end of the file.
  long start(int item) {
    return starts[item];
  }

  /// Returns the only item that may have an id, or -1.
  int candidate(String id) {
    byte[] bytes = id.getBytes(StandardCharsets.UTF_8);
    int slot = slot(hash(bytes, 0, bytes.length));
    return slots[slot] - 1;
  }

  private void read(InputStream in) throws IOException {
    byte[] window = new byte[WINDOW_BYTES];
    ByteBuffer words = ByteBuffer.wrap(window).order(ByteOrder.LITTLE_ENDIAN);
    long position = 0;
    int kept = 0;
    boolean isLast = false;
    while (!isLast) {
      int length = kept + in.readNBytes(window, kept, window.length - kept);
      isLast = length < window.length;
      int line = 0;
      for (int end = endOfLine(words, 0, length); end < length; ) {
        add(window, line, end, position + line);
        line = end + 1;
        end = endOfLine(words, line, length);
      }
      if (isLast && line < length) {
        add(window, line, length, position + line);
        line = length;
      }
      position += line;
      kept = length - line;
      if (kept == window.length) {
        window = Arrays.copyOf(window, Math.multiplyExact(2, kept));
        words = ByteBuffer.wrap(window).order(ByteOrder.LITTLE_ENDIAN);
      } else {
        System.arraycopy(window, line, window, 0, kept);
      }
    }
  }

  private void fillSlots() {
    slots = new int[Math.max(1, Integer.highestOneBit(size)) * 4];
    for (int item = 0; item < size; item++) {
      int slot = slot(hashes[item]);
      isDistinct &= slots[slot] == 0;
      slots[slot] = item + 1;
    }
  }

  /// Returns where the next newline is, or `to`; looks at eight bytes at a time.
  private static int endOfLine(ByteBuffer words, int from, int to) {
    int at = from;
    for (; at + Long.BYTES <= to; at += Long.BYTES) {
      long differences = words.getLong(at) ^ NEWLINES;
      long newlines = (differences - ONES) & ~differences & HIGH_BITS;
      if (newlines != 0) {
        return at + (Long.numberOfTrailingZeros(newlines) >>> 3);
      }
    }
    while (at < to && words.get(at) != '\n') {
      at++;
    }
    return at;
  }

  private void add(byte[] bytes, int from, int to, long position) throws IOException {
    int idEnd = endOfId(bytes, from, to);
    long hash =
        idEnd < 0 ? parsedHash(bytes, from, to) : hash(bytes, from + LINE_START.length, idEnd);
    if (size == hashes.length) {
      hashes = Arrays.copyOf(hashes, Math.multiplyExact(2, size));
      starts = Arrays.copyOf(starts, Math.addExact(hashes.length, 1));
    }
    starts[size] = position;
    hashes[size] = hash;
    size++;
  }

  /// Returns where the id ends, or -1 where a line is not as they are written.
  private static int endOfId(byte[] bytes, int from, int to) {
    int first = from + LINE_START.length;
    if (to <= first + 1 || bytes[to - 1] != '}') {
      return -1;
    }
    for (int i = 0; i < LINE_START.length; i++) {
      if (bytes[from + i] != LINE_START[i]) {
        return -1;
      }
    }
    int end = first;
    while (end < to && bytes[end] != '"' && bytes[end] != '\\') {
      end++;
    }
    boolean isWhole = end > first && end + 1 < to && bytes[end] == '"' && bytes[end + 1] == ',';
    return isWhole ? end : -1;
  }

  private long parsedHash(byte[] bytes, int from, int to) throws IOException {
    String id = ItemLines.one(bytes, from, to, size + 1).id();
    byte[] utf8 = id.getBytes(StandardCharsets.UTF_8);
    return hash(utf8, 0, utf8.length);
  }

  /// Returns the slot of a hash, or the free one where it belongs.
  private int slot(long hash) {
    int slot = (int) (hash >>> 32) & (slots.length - 1);
    while (slots[slot] != 0 && hashes[slots[slot] - 1] != hash) {
      slot = (slot + 1) & (slots.length - 1);
    }
    return slot;
  }

  /// FNV-1a with its bits mixed, since the table uses some of them only.
  private static long hash(byte[] bytes, int from, int to) {
    long hash = 0xcbf29ce484222325L;
    for (int i = from; i < to; i++) {
      hash = (hash ^ bytes[i]) * 0x100000001b3L;
    }
    hash = (hash ^ (hash >>> 32)) * 0x9e3779b97f4a7c15L;
    return hash ^ (hash >>> 29);
  }
}
