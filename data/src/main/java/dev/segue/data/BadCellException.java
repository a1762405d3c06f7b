package dev.segue.data;

/// A cell of a table that cannot be used. It is caught where the row is known and never leaves the
/// module, and a file may hold millions of them, so it has no stack trace.
final class BadCellException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String column;
  private final String problem;
  private final String value;

  BadCellException(String column, String problem, String value) {
    super(problem, null, false, false);
    this.column = column;
    this.problem = problem;
    this.value = value;
  }

  RejectedRow in(Table.Row row) {
    return new RejectedRow(row.file(), row.line(), column, problem, value, row.cells());
  }
}
