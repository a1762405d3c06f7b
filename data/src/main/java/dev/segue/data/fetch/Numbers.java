package dev.segue.data.fetch;

import java.util.Locale;

/// Numbers as headers carry them and as people read them.
final class Numbers {
  private Numbers() {}

  /// Returns a number of at least 0, or -1 where the text is none.
  static long parse(String text) {
    try {
      return Math.max(-1, Long.parseLong(text.strip()));
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /// Returns a number of bytes as people write it: `812 bytes`, `20.1 MB`.
  static String bytes(long count) {
    if (count < 1000) {
      return count + " bytes";
    }
    double value = count / 1000.0;
    for (String unit : new String[] {"kB", "MB"}) {
      if (value < 999.95) {
        return String.format(Locale.ROOT, "%.1f %s", value, unit);
      }
      value /= 1000;
    }
    return String.format(Locale.ROOT, "%.1f GB", value);
  }
}
