package dev.segue.data;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;

/// Reads dates of one form and writes them as ISO-8601: `2021-10-22`, `2021-10` or `2021`.
final class DateFormat {
  private static final String EPOCH_SECONDS = "epoch-seconds";
  private static final String EPOCH_MILLIS = "epoch-millis";

  private final String pattern;
  private final DateTimeFormatter formatter;

  /// Makes a format.
  ///
  /// @param pattern as [DateTimeFormatter] takes it (`dd.MM.yyyy`, English names of months), or
  ///   `epoch-seconds`, `epoch-millis`
  /// @throws IllegalArgumentException where it is neither
  DateFormat(String pattern) {
    this.pattern = pattern;
    formatter =
        isEpoch()
            ? DateTimeFormatter.ISO_DATE
            : new DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .appendPattern(pattern)
                .toFormatter(Locale.ENGLISH);
  }

  /// Returns the date as ISO-8601.
  ///
  /// @throws DateTimeException where the text has another form
  String toIso(String text) {
    if (isEpoch()) {
      return epoch(text);
    }
    return formatter.parseBest(text, LocalDate::from, YearMonth::from, Year::from).toString();
  }

  @Override
  public String toString() {
    return pattern;
  }

  private boolean isEpoch() {
    return pattern.equals(EPOCH_SECONDS) || pattern.equals(EPOCH_MILLIS);
  }

  private String epoch(String text) {
    try {
      double number = Double.parseDouble(text);
      double millis = pattern.equals(EPOCH_MILLIS) ? number : number * 1000;
      return LocalDate.ofInstant(Instant.ofEpochMilli(Math.round(millis)), ZoneOffset.UTC)
          .toString();
    } catch (NumberFormatException e) {
      throw new DateTimeException("not a number: " + text, e);
    }
  }
}
