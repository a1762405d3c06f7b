package dev.segue.data;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;

/// Tells tables from one-session-a-line text by the first line.
final class LogFormat {
  /// Stands for text without a header, one session a line.
  static final char SESSION_A_LINE = '\n';

  private static final char[] SEPARATORS = {'\t', ',', ';', '|', ' '};

  private LogFormat() {}

  /// Returns the separator of a table, or [#SESSION_A_LINE].
  ///
  /// A line is a header if one of its cells is a usual or a mapped name. Without such a name, a
  /// line with commas, semicolons, bars, or tabs between anything but numbers is a table whose
  /// columns the caller has to name, and what is left is a session.
  static char separator(String firstLine, ColumnMapping columns, Path file) {
    if (firstLine.chars().anyMatch(c -> Character.isISOControl(c) && c != '\t')) {
      throw new DataException(file + ": not text: the first line holds control characters");
    }
    for (char separator : SEPARATORS) {
      if (hasKnownName(cells(firstLine, separator), columns)) {
        return separator;
      }
    }
    for (char separator : SEPARATORS) {
      if (separator != ' ' && firstLine.indexOf(separator) >= 0) {
        boolean isSession = separator == '\t' && isAllNumbers(cells(firstLine, separator));
        return isSession ? SESSION_A_LINE : separator;
      }
    }
    if (firstLine.startsWith("[") || firstLine.startsWith("<")) {
      throw new DataException(
          file
              + ": not a log: expected CSV, TSV, JSON Lines, Parquet or one session a line, got \""
              + firstLine.charAt(0)
              + "…\"");
    }
    return SESSION_A_LINE;
  }

  private static String[] cells(String line, char separator) {
    return line.replace("\"", "").split(Pattern.quote("" + separator), -1);
  }

  private static boolean hasKnownName(String[] cells, ColumnMapping columns) {
    return Arrays.stream(cells)
        .map(String::strip)
        .anyMatch(cell ->
            EventColumnNames.isUsualName(cell)
                || columns.columns().values().stream().anyMatch(cell::equalsIgnoreCase));
  }

  private static boolean isAllNumbers(String[] cells) {
    return Arrays.stream(cells)
        .allMatch(cell -> !cell.isBlank() && cell.chars().allMatch(Character::isDigit));
  }
}
