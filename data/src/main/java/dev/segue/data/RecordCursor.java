package dev.segue.data;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Moves through the records of a file, whatever its format; cells are text.
interface RecordCursor extends AutoCloseable {
  /// One record.
  ///
  /// @param line the line or, in a format without lines, the row on which it starts, from 1
  /// @param cells its cells in the order of the header; there may be too few or too many
  record Cells(long line, List<String> cells) {}

  /// Returns the names of the columns.
  List<String> header();

  /// Returns the next record, or null at the end.
  @Nullable Cells next();

  @Override
  void close();
}
