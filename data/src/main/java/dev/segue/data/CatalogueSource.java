package dev.segue.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Reads one of the public sets row by row.
abstract sealed class CatalogueSource permits MovieSource, TrackSource, BookSource {
  final Table table;
  final CleaningRecorder recorder;
  final CellCleaner cells;

  CatalogueSource(Table table, CleaningRecorder recorder) {
    this.table = table;
    this.recorder = recorder;
    this.cells = new CellCleaner(table, recorder);
  }

  /// Makes the reader of a source once its table is open.
  @FunctionalInterface
  interface Opening {
    CatalogueSource open(Table table, CleaningRecorder recorder);
  }

  /// The items of a source and what cleaning did.
  record Result(List<Item> items, SourceCleaning cleaning) {}

  static Result read(String domain, Path file, Opening opening) {
    var recorder = new CleaningRecorder(domain, file);
    try (Table table = Table.open(file, ',', recorder)) {
      CatalogueSource source = opening.open(table, recorder);
      for (Table.Row row = table.next(); row != null; row = table.next()) {
        try {
          source.read(row);
        } catch (BadCellException e) {
          row.reject(e);
        }
      }
      List<Item> items = ItemIds.assign(new ArrayList<>(source.drafts()));
      return new Result(items, recorder.finish(table.rowsRead(), items.size()));
    }
  }

  /// Takes a row in.
  abstract void read(Table.Row row) throws BadCellException;

  /// Returns the items of all rows.
  abstract List<ItemDraft> drafts();

  final String required(String text, Table.Row row, int column) throws BadCellException {
    if (text.isEmpty()) {
      throw new BadCellException(table.header().get(column), "is empty", row.cell(column));
    }
    return text;
  }

  final double number(Table.Row row, int column) throws BadCellException {
    return Numbers.parse(row.cell(column), table.header().get(column));
  }
}
