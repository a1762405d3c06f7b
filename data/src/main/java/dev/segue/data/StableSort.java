package dev.segue.data;

import java.util.Arrays;

/// Sorts numbers by a `long` key, keeping the order of equal keys; merge sort without boxing.
final class StableSort {
  private static final int INSERTION_LIMIT = 24;

  private StableSort() {}

  /// The key of a number.
  @FunctionalInterface
  interface Key {
    long of(int number);
  }

  static void sort(int[] numbers, int from, int to, Key key) {
    if (isSorted(numbers, from, to, key)) {
      return;
    }
    if (to - from <= INSERTION_LIMIT) {
      insertionSort(numbers, from, to, key);
      return;
    }
    int middle = (from + to) >>> 1;
    sort(numbers, from, middle, key);
    sort(numbers, middle, to, key);
    merge(numbers, from, middle, to, key);
  }

  private static boolean isSorted(int[] numbers, int from, int to, Key key) {
    for (int i = from + 1; i < to; i++) {
      if (key.of(numbers[i - 1]) > key.of(numbers[i])) {
        return false;
      }
    }
    return true;
  }

  private static void insertionSort(int[] numbers, int from, int to, Key key) {
    for (int i = from + 1; i < to; i++) {
      int moving = numbers[i];
      long movingKey = key.of(moving);
      int j = i;
      while (j > from && key.of(numbers[j - 1]) > movingKey) {
        numbers[j] = numbers[j - 1];
        j--;
      }
      numbers[j] = moving;
    }
  }

  private static void merge(int[] numbers, int from, int middle, int to, Key key) {
    int[] left = Arrays.copyOfRange(numbers, from, middle);
    int i = 0;
    int j = middle;
    int out = from;
    while (i < left.length && j < to) {
      // The left side goes first where keys are equal: that keeps the sort stable.
      numbers[out++] = key.of(numbers[j]) < key.of(left[i]) ? numbers[j++] : left[i++];
    }
    System.arraycopy(left, i, numbers, out, left.length - i);
  }
}
