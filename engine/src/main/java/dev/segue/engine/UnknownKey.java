package dev.segue.engine;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// What is said about a setting that does not exist.
final class UnknownKey {
  private UnknownKey() {}

  /// Returns an error that names the nearest key, where one is near, and all known ones.
  static IllegalArgumentException of(String key, List<String> known) {
    String nearest = known.stream().min(Comparator.comparingInt(k -> distance(k, key))).orElse("");
    String hint =
        distance(nearest, key) <= 1 + key.length() / 4
            ? ", did you mean \"%s\"?".formatted(nearest)
            : ";";
    return new IllegalArgumentException(
        "set: unknown key \"%s\"%s known keys: %s".formatted(key, hint, String.join(", ", known)));
  }

  /// Returns the number of letters to insert, delete or replace to make one word of the other
  /// (Levenshtein 1966).
  private static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    Arrays.setAll(row, i -> i);
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }
}
