package dev.segue.data;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;

/// Reads the times of one column: numbers of seconds (whole or with a fraction), milliseconds,
/// microseconds or nanoseconds since 1970, ISO-8601, and `yyyy-MM-dd HH:mm:ss`. A time without a
/// zone is UTC.
///
/// The unit of numbers follows from their size: up to 10¹¹ they are seconds (which reaches the year
/// 5138), up to 10¹⁴ milliseconds (which begin in 1973), and so on. The first number other than 0
/// decides for the whole column, and one of another size after it is an error.
final class TimeParser {
  private static final double LARGEST_SECONDS = 1e11;

  private static final int LONGEST_WHOLE = 15;

  private final String column;
  private final TimeRange range;
  private Unit unit = Unit.UNDECIDED;

  private enum Unit {
    UNDECIDED(1000),
    SECONDS(1000),
    MILLISECONDS(1),
    MICROSECONDS(1e-3),
    NANOSECONDS(1e-6);

    private final double millis;

    Unit(double millis) {
      this.millis = millis;
    }

    private static Unit of(double number) {
      double size = Math.abs(number);
      if (size < LARGEST_SECONDS) {
        return SECONDS;
      }
      if (size < LARGEST_SECONDS * 1e3) {
        return MILLISECONDS;
      }
      return size < LARGEST_SECONDS * 1e6 ? MICROSECONDS : NANOSECONDS;
    }
  }

  TimeParser(String column) {
    this(column, TimeRange.ANY);
  }

  /// Makes a parser for a column of which some times may be wrong: one outside the range does not
  /// decide the unit, and the caller has to look at what it gets.
  TimeParser(String column, TimeRange range) {
    this.column = column;
    this.range = range;
  }

  /// Returns milliseconds since 1970.
  long parse(String text) throws BadCellException {
    String value = text.strip();
    if (value.isEmpty()) {
      throw new BadCellException(column, "time is missing", text);
    }
    return isNumber(value) ? parseNumber(value) : parseDate(value);
  }

  private long parseNumber(String value) throws BadCellException {
    double number;
    try {
      // A double holds whole numbers of up to 15 digits, and those are read much faster as such.
      number = isWhole(value) ? Long.parseLong(value) : Double.parseDouble(value);
    } catch (NumberFormatException e) {
      throw new BadCellException(column, "not a time", value);
    }
    if (number == 0) {
      return 0;
    }
    Unit found = Unit.of(number);
    if (unit == Unit.UNDECIDED) {
      long millis = Math.round(number * found.millis);
      unit = range.contains(millis) ? found : unit;
      return millis;
    }
    if (unit != found) {
      throw new BadCellException(
          column,
          "time in %s in a column of %s".formatted(found, unit).toLowerCase(Locale.ROOT),
          value);
    }
    // A double holds seconds of this size to a microsecond, and whole milliseconds exactly.
    return Math.round(number * unit.millis);
  }

  private long parseDate(String value) throws BadCellException {
    String iso = value.endsWith(" UTC") ? value.substring(0, value.length() - 4) : value;
    if (iso.length() > 10 && iso.charAt(10) == ' ') {
      iso = iso.substring(0, 10) + 'T' + iso.substring(11);
    }
    try {
      return parseIso(iso).toEpochMilli();
    } catch (DateTimeException | ArithmeticException e) {
      throw new BadCellException(column, "not a time", value);
    }
  }

  private static Instant parseIso(String iso) {
    if (iso.length() == 10) {
      return LocalDate.parse(iso).atStartOfDay().toInstant(ZoneOffset.UTC);
    }
    if (iso.endsWith("Z")) {
      return Instant.parse(iso);
    }
    boolean hasOffset = iso.indexOf('+', 10) > 0 || iso.indexOf('-', 10) > 0;
    return hasOffset
        ? OffsetDateTime.parse(iso).toInstant()
        : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
  }

  private static boolean isNumber(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      boolean isPart = (c >= '0' && c <= '9') || c == '.' || c == 'e' || c == 'E';
      if (!isPart && !((c == '-' || c == '+') && (i == 0 || isExponent(value.charAt(i - 1))))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isWhole(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) < '0' || value.charAt(i) > '9') {
        return false;
      }
    }
    return value.length() <= LONGEST_WHOLE;
  }

  private static boolean isExponent(char c) {
    return c == 'e' || c == 'E';
  }
}
