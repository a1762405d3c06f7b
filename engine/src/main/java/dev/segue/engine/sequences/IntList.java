package dev.segue.engine.sequences;

import java.util.Arrays;

/// A growing array of ints.
final class IntList {
  private int[] values = new int[16];
  private int size;

  void add(int value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, size + (size >> 1));
    }
    values[size++] = value;
  }

  int get(int index) {
    return values[index];
  }

  /// Returns where the last of the rising values lies that is not above a bound.
  int lastNotAbove(int bound) {
    int found = Arrays.binarySearch(values, 0, size, bound);
    return found >= 0 ? found : -found - 2;
  }

  int[] toArray() {
    return Arrays.copyOf(values, size);
  }
}
