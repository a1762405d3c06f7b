package dev.segue.server.report;

import java.text.Bidi;
import java.util.List;
import java.util.Locale;

/// Numbers and texts as the report writes them.
final class Words {
  private Words() {}

  /// Returns a whole number with thousands: `114,000`.
  static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /// Returns a number with as many digits as people read: `3.27`, `65`, `5,691,311`.
  static String number(double value) {
    if (value == Math.rint(value) || Math.abs(value) >= 100) {
      return number(Math.round(value));
    }
    return String.format(Locale.ROOT, Math.abs(value) >= 10 ? "%.1f" : "%.2f", value)
        .replaceAll("\\.?0+$", "");
  }

  /// Returns a number as an axis has room for: `500`, `2k`, `1.5M`.
  static String compact(double value) {
    double size = Math.abs(value);
    if (size >= 999_500) {
      return trimmed(value / 1e6) + "M";
    }
    return size >= 1000 ? trimmed(value / 1e3) + "k" : trimmed(value);
  }

  /// Returns a share as people say it: `37 %`, `0.4 %`.
  static String percent(double share) {
    double percent = 100 * share;
    if (percent > 0 && percent < 0.05) {
      return "less than 0.1 %";
    }
    boolean fine = percent != 0 && percent != 100 && (percent < 9.95 || percent > 99);
    return String.format(Locale.ROOT, fine ? "%.1f %%" : "%.0f %%", percent);
  }

  /// Returns a part of a whole: `3,744 of 10,178 (37 %)`.
  static String part(long part, long whole) {
    return "%s of %s (%s)"
        .formatted(number(part), number(whole), percent(whole == 0 ? 0 : (double) part / whole));
  }

  /// Returns a count with its noun: `1 item`, `2 items`.
  static String counted(long count, String noun) {
    return number(count) + " " + noun + (count == 1 ? "" : "s");
  }

  /// Returns words as a list in a sentence: `a, b and c`.
  static String list(List<String> words) {
    int last = words.size() - 1;
    return last < 1
        ? String.join("", words)
        : String.join(", ", words.subList(0, last)) + " and " + words.get(last);
  }

  /// Returns a text of at most so many characters, never cut inside a character.
  static String shorten(String text, int most) {
    if (text.codePointCount(0, text.length()) <= most) {
      return text;
    }
    return text.substring(0, text.offsetByCodePoints(0, most - 1)).strip() + "…";
  }

  /// Returns a label and the gap before its number. After a label that runs from right to left an
  /// invisible mark keeps the number on its right.
  static String beforeNumber(String label) {
    boolean rightToLeft = Bidi.requiresBidi(label.toCharArray(), 0, label.length());
    return label + (rightToLeft ? "\u200E  " : "  ");
  }

  private static String trimmed(double value) {
    return String.format(Locale.ROOT, "%.2f", value).replaceAll("\\.?0+$", "");
  }
}
