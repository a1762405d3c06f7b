package dev.segue.engine;

import java.util.ArrayList;
import java.util.List;

/// A table of text: the first column to the left, numbers to the right, two spaces between.
final class TextTable {
  private final List<String[]> rows = new ArrayList<>();

  TextTable(String... header) {
    rows.add(header);
  }

  void add(String... cells) {
    int columns = rows.getFirst().length;
    if (cells.length != columns) {
      throw new IllegalArgumentException(
          "table: cells of a row, expected %d, got %d".formatted(columns, cells.length));
    }
    rows.add(cells);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (String[] row : rows) {
      for (int column = 0; column < row.length; column++) {
        String padding = " ".repeat(width(column) - row[column].length());
        text.append(column == 0 ? row[0] + padding : "  " + padding + row[column]);
      }
      text.append('\n');
    }
    return text.toString();
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> row[column].length()).max().orElse(0);
  }
}
