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

  List<String> toList() {
    return IntStream.range(0, size()).mapToObj(this::get).toList();
  }

  PackedStrings select(int[] indexes) {
    int[] selectedEnds = new int[indexes.length];
    int end = 0;
    for (int i = 0; i < indexes.length; i++) {
      end = Math.addExact(end, ends[indexes[i]] - start(indexes[i]));
      selectedEnds[i] = end;
    }
    byte[] selected = new byte[end];
    for (int i = 0; i < indexes.length; i++) {
      int from = start(indexes[i]);
      int length = ends[indexes[i]] - from;
      System.arraycopy(bytes, from, selected, selectedEnds[i] - length, length);
    }
    return new PackedStrings(selected, selectedEnds);
  }

  long sizeInBytes() {
    return bytes.length + (long) Integer.BYTES * ends.length;
  }

  private int start(int index) {
    return index == 0 ? 0 : ends[index - 1];
  }

  /// Numbers strings in order of first appearance; a hash table of numbers, no objects per string.
  static final class Numbering {
    private byte[] bytes = new byte[1 << 12];
    private int[] ends = new int[1 << 8];
    private int[] slots = newSlots(1 << 10);
    private int size;

    int size() {
      return size;
    }

    /// Returns the number of a string, a new one if it was not there.
    int number(String text) {
      byte[] key = text.getBytes(StandardCharsets.UTF_8);
      int slot = slotOf(key, key.length);
      if (slots[slot] >= 0) {
        return slots[slot];
      }
      append(key);
      slots[slot] = size - 1;
      if (size > slots.length / 2) {
        rehash();
      }
      return size - 1;
    }

    PackedStrings pack() {
      return new PackedStrings(Arrays.copyOf(bytes, end(size - 1)), Arrays.copyOf(ends, size));
    }

    private int end(int index) {
      return index < 0 ? 0 : ends[index];
    }

    private void append(byte[] key) {
      int from = end(size - 1);
      long needed = (long) from + key.length;
      if (needed > Integer.MAX_VALUE - 8) {
        throw new DataException(
            "session ids: too many, expected less than 2 GB of them, got %d ids".formatted(size));
      }
      if (needed > bytes.length) {
        long larger = Math.max(needed, bytes.length + (bytes.length >> 1));
        bytes = Arrays.copyOf(bytes, (int) Math.min(larger, Integer.MAX_VALUE - 8));
      }
      if (size == ends.length) {
        ends = Arrays.copyOf(ends, size + (size >> 1));
      }
      System.arraycopy(key, 0, bytes, from, key.length);
      ends[size++] = (int) needed;
    }

    private int slotOf(byte[] key, int length) {
      int mask = slots.length - 1;
      int slot = spread(hash(key, 0, length)) & mask;
      while (slots[slot] >= 0) {
        int from = end(slots[slot] - 1);
        if (Arrays.equals(bytes, from, end(slots[slot]), key, 0, length)) {
          return slot;
        }
        slot = (slot + 1) & mask;
      }
      return slot;
    }

    private void rehash() {
      int[] larger = newSlots(slots.length * 2);
      int mask = larger.length - 1;
      for (int i = 0; i < size; i++) {
        int slot = spread(hash(bytes, end(i - 1), end(i))) & mask;
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

    private static int hash(byte[] bytes, int from, int to) {
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
