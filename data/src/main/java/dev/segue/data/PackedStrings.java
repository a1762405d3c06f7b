package dev.segue.data;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Strings as UTF-8 bytes in one array: a short id costs its letters and four bytes, where a
/// `String` costs some fifty.
final class PackedStrings {
  private final byte[] bytes;
  private final int[] ends;

  private PackedStrings(byte[] bytes, int[] ends) {
    this.bytes = bytes;
    this.ends = ends;
  }

  int size() {
    return ends.length;
  }

  String get(int index) {
    int from = start(index);
    return new String(bytes, from, ends[index] - from, StandardCharsets.UTF_8);
  }

  byte[] bytes(int index) {
    return Arrays.copyOfRange(bytes, start(index), ends[index]);
  }

  List<String> toList() {
    return IntStream.range(0, size()).mapToObj(this::get).toList();
  }

  PackedStrings select(int[] indexes) {
    var selected = new Appender();
    for (int index : indexes) {
      selected.append(bytes, start(index), ends[index]);
    }
    return selected.pack();
  }

  PackedStrings slice(int from, int to) {
    int first = from == to ? 0 : start(from);
    int[] sliced = Arrays.copyOfRange(ends, from, to);
    for (int i = 0; i < sliced.length; i++) {
      sliced[i] -= first;
    }
    int length = from == to ? 0 : ends[to - 1] - first;
    return new PackedStrings(Arrays.copyOfRange(bytes, first, first + length), sliced);
  }

  long sizeInBytes() {
    return bytes.length + (long) Integer.BYTES * ends.length;
  }

  private int start(int index) {
    return index == 0 ? 0 : ends[index - 1];
  }

  /// Collects strings one after the other.
  static final class Appender {
    private byte[] bytes = new byte[1 << 12];
    private int[] ends = new int[1 << 8];
    private int size;

    void append(byte[] text) {
      append(text, 0, text.length);
    }

    void append(byte[] source, int from, int to) {
      int end = end(size - 1);
      long needed = (long) end + to - from;
      if (needed > Integer.MAX_VALUE - 8) {
        throw new DataException(
            "ids: too many for the heap, expected less than 2 GB of them, got %d ids"
                .formatted(size));
      }
      if (needed > bytes.length) {
        long larger = Math.max(needed, bytes.length + (bytes.length >> 1));
        bytes = Arrays.copyOf(bytes, (int) Math.min(larger, Integer.MAX_VALUE - 8));
      }
      if (size == ends.length) {
        ends = Arrays.copyOf(ends, size + (size >> 1));
      }
      System.arraycopy(source, from, bytes, end, to - from);
      ends[size++] = (int) needed;
    }

    PackedStrings pack() {
      return new PackedStrings(Arrays.copyOf(bytes, end(size - 1)), Arrays.copyOf(ends, size));
    }

    private int end(int index) {
      return index < 0 ? 0 : ends[index];
    }
  }

  /// Numbers strings in order of first appearance; a hash table of numbers, no objects per string.
  static final class Numbering {
    private final Appender strings = new Appender();
    private int[] slots = newSlots(1 << 10);

    int size() {
      return strings.size;
    }

    /// Returns the number of a string, a new one if it was not there.
    int number(String text) {
      byte[] key = text.getBytes(StandardCharsets.UTF_8);
      return number(key, 0, key.length);
    }

    /// Returns the number of a string in UTF-8, a new one if it was not there.
    int number(byte[] source, int from, int to) {
      int slot = slotOf(source, from, to);
      if (slots[slot] >= 0) {
        return slots[slot];
      }
      strings.append(source, from, to);
      slots[slot] = size() - 1;
      if (size() > slots.length / 2) {
        rehash();
      }
      return size() - 1;
    }

    PackedStrings pack() {
      return strings.pack();
    }

    private int slotOf(byte[] key, int from, int to) {
      int mask = slots.length - 1;
      int slot = spread(hash(key, from, to)) & mask;
      while (slots[slot] >= 0) {
        int start = strings.end(slots[slot] - 1);
        int end = strings.end(slots[slot]);
        if (Arrays.equals(strings.bytes, start, end, key, from, to)) {
          return slot;
        }
        slot = (slot + 1) & mask;
      }
      return slot;
    }

    private void rehash() {
      int[] larger = newSlots(slots.length * 2);
      int mask = larger.length - 1;
      for (int i = 0; i < size(); i++) {
        int slot = spread(hash(strings.bytes, strings.end(i - 1), strings.end(i))) & mask;
        while (larger[slot] >= 0) {
          slot = (slot + 1) & mask;
        }
        larger[slot] = i;
      }
      slots = larger;
    }

    private static int[] newSlots(int capacity) {
      int[] slots = new int[capacity];
      Arrays.fill(slots, -1);
      return slots;
    }

    static int hash(byte[] bytes, int from, int to) {
      int hash = 0;
      for (int i = from; i < to; i++) {
        hash = 31 * hash + bytes[i];
      }
      return hash;
    }

    private static int spread(int hash) {
      int mixed = hash * 0x9E3779B9;
      return mixed ^ (mixed >>> 15);
    }
  }
}
