package dev.segue.data;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// How one cell holds several values, such as genres.
///
/// @param kind how to tell them apart
/// @param separator between values, for [Kind#SEPARATED]
record ListSyntax(Kind kind, String separator) {
  /// `['Classics', "Children's"]` as Python and JSON write it; else parted by commas.
  static final ListSyntax AUTO = new ListSyntax(Kind.AUTO, ",");

  /// Always such a list; another text is an error.
  static final ListSyntax LIST = new ListSyntax(Kind.LIST, "");

  /// The whole cell is one value.
  static final ListSyntax ONE = new ListSyntax(Kind.ONE, "");

  enum Kind {
    AUTO,
    LIST,
    ONE,
    SEPARATED
  }

  static ListSyntax separated(String separator) {
    return new ListSyntax(Kind.SEPARATED, separator);
  }

  /// Returns the values of a cell, distinct, white space at their ends removed.
  ///
  /// @param column names the column in the error
  List<String> values(String cell, String column) throws BadCellException {
    if (cell.isBlank()) {
      return List.of();
    }
    Stream<String> values =
        switch (kind) {
          case ONE -> Stream.of(cell);
          case SEPARATED -> parts(cell);
          case AUTO -> isList(cell) ? list(cell) : parts(cell);
          case LIST -> {
            if (!isList(cell)) {
              throw new BadCellException(
                  column, "not a list such as ['Classics', 'Fiction']", cell);
            }
            yield list(cell);
          }
        };
    return values.map(CellCleaner::collapsed).filter(part -> !part.isEmpty()).distinct().toList();
  }

  private Stream<String> parts(String cell) {
    return Arrays.stream(cell.split(Pattern.quote(separator), -1));
  }

  private static Stream<String> list(String cell) {
    return PythonList.parse(cell).stream();
  }

  private static boolean isList(String cell) {
    if (!cell.strip().startsWith("[")) {
      return false;
    }
    try {
      PythonList.parse(cell);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
