package dev.segue.data;

import java.util.List;

/// A row of a file that a reader could not use, and why.
///
/// @param file the file as it was named
/// @param line the line on which the row starts, from 1
/// @param column the name of the column at fault
/// @param problem what is wrong
/// @param value what the cell holds
/// @param cells the whole row
public record RejectedRow(
    String file, long line, String column, String problem, String value, List<String> cells) {
  private static final int LONGEST_VALUE = 80;

  /// Copies the cells.
  public RejectedRow {
    cells = List.copyOf(cells);
  }

  /// Returns one line: file, line, column, problem and value, a long value cut.
  public String message() {
    String shown =
        value.length() <= LONGEST_VALUE ? value : value.substring(0, LONGEST_VALUE) + "…";
    return "%s:%d: %s: %s: \"%s\""
        .formatted(file, line, column, problem, shown.replaceAll("\\R", " "));
  }
}
