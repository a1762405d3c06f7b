package dev.segue.kernels;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// The size of a core's second cache, from which blocks are cut.
///
/// On Linux it is read from `/sys/devices/system/cpu/cpu0/cache`; elsewhere, or where it is not
/// stated, 1 MiB is assumed. The system property `segue.secondCache` overrides both, for example
/// `2M`. A wrong size costs speed, never a bit of a result.
///
/// @param bytes how many bytes it holds
record SecondCache(long bytes) {
  static final String PROPERTY = "segue.secondCache";
  static final SecondCache USUAL = new SecondCache(1 << 20);
  static final SecondCache MACHINE = machine();

  /// A multiple of every tile height.
  private static final int ROW_GRAIN = 12;

  /// Returns how many rows a block of the left operand has, which takes an eighth of the cache.
  int leftBlockRows(int depth) {
    return Math.max(1, (int) (bytes / 8 / Float.BYTES / depth / ROW_GRAIN)) * ROW_GRAIN;
  }

  /// Returns how many columns a block of the right operand has, which takes half of the cache. The
  /// rest is for the result and for what passes by.
  int rightBlockColumns(int depth) {
    int panels = (int) (bytes / 2 / Float.BYTES / depth / GemmTile.COLUMNS);
    return Math.max(1, panels) * GemmTile.COLUMNS;
  }

  private static SecondCache machine() {
    String forced = System.getProperty(PROPERTY);
    return forced == null ? read(Path.of("/sys/devices/system/cpu/cpu0/cache")) : parse(forced);
  }

  /// Parses a size like `2M`.
  static SecondCache parse(String size) {
    long bytes = bytes(size);
    if (bytes <= 0) {
      throw new BackendUnavailableException(
          "backend: %s, expected a size like 512K or 2M, got %s".formatted(PROPERTY, size));
    }
    return new SecondCache(bytes);
  }

  /// Reads the files `index*/level` and `size` that Linux keeps for a processor.
  static SecondCache read(Path folder) {
    try {
      for (int i = 0; Files.isDirectory(folder.resolve("index" + i)); i++) {
        Path cache = folder.resolve("index" + i);
        long bytes = bytes(Files.readString(cache.resolve("size")));
        if (Files.readString(cache.resolve("level")).strip().equals("2") && bytes > 0) {
          return new SecondCache(bytes);
        }
      }
    } catch (IOException e) {
      return USUAL;
    }
    return USUAL;
  }

  /// Returns the number of bytes, or -1 if the text is no size.
  private static long bytes(String size) {
    String text = size.strip().toUpperCase(Locale.ROOT);
    if (!text.matches("[0-9]{1,9}[KMG]?")) {
      return -1;
    }
    int unit = "KMG".indexOf(text.charAt(text.length() - 1)) + 1;
    String digits = unit == 0 ? text : text.substring(0, text.length() - 1);
    return Long.parseLong(digits) << (10 * unit);
  }
}
