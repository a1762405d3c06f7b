package dev.segue.data;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Counts what is done to the rows of one source while it is read.
final class CleaningRecorder implements RejectedRows {
  private static final int LONGEST_VALUE = 60;

  private final String domain;
  private final Path file;
  private final Map<String, CleaningAction> actions = new LinkedHashMap<>();
  private int rowsRejected;
  private String firstRejection = "";

  CleaningRecorder(String domain, Path file) {
    this.domain = domain;
    this.file = file;
  }

  void count(String action, String example) {
    actions.compute(
        action,
        (name, so) ->
            so == null
                ? new CleaningAction(name, 1, example)
                : new CleaningAction(name, so.count() + 1, so.example()));
  }

  void count(String action, Table.Row row, String value) {
    CleaningAction so = actions.get(action);
    count(action, so == null ? example(row, value) : so.example());
  }

  /// Leaves the row out and counts it by column and problem.
  @Override
  public void reject(RejectedRow row) {
    rowsRejected++;
    firstRejection = firstRejection.isEmpty() ? row.message() : firstRejection;
    count("row left out: %s: %s".formatted(row.column(), row.problem()), row.message());
  }

  /// Returns what was counted; a source of which most rows could not be used is the wrong file.
  SourceCleaning finish(int rowsRead, int itemsKept) {
    if (rowsRejected * 2L > rowsRead) {
      throw new DataException(
          "%s: more than half of the rows cannot be used (%d of %d), the first: %s"
              .formatted(file, rowsRejected, rowsRead, firstRejection));
    }
    if (itemsKept == 0) {
      throw new DataException(file + ": no rows, expected at least one after the header");
    }
    return new SourceCleaning(
        domain, file.toString(), rowsRead, itemsKept, List.copyOf(actions.values()));
  }

  private String example(Table.Row row, String value) {
    String shown =
        value.length() <= LONGEST_VALUE ? value : value.substring(0, LONGEST_VALUE) + "…";
    return "%s:%d: \"%s\"".formatted(file.getFileName(), row.line(), shown);
  }
}
