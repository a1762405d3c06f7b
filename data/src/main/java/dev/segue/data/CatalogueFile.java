package dev.segue.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Reads and writes `catalogue.csv`.
final class CatalogueFile {
  static final String NAME = "catalogue.csv";

  /// The unified columns, in the order of the file.
  static final List<String> COLUMNS =
      List.of(
          "Item_ID",
          "Title",
          "Genre",
          "Description",
          "Popularity",
          "Creator",
          "Timestamp",
          "Item_Type");

  private CatalogueFile() {}

  static List<Item> read(Path directoryOrFile) {
    Path file =
        Files.isDirectory(directoryOrFile) ? directoryOrFile.resolve(NAME) : directoryOrFile;
    try (Table table = Table.open(file, COLUMNS, RejectedRows.fail())) {
      int[] columns = COLUMNS.stream().mapToInt(table::requiredColumn).toArray();
      List<Item> items = new ArrayList<>();
      for (Table.Row row = table.next(); row != null; row = table.next()) {
        try {
          items.add(item(row, columns));
        } catch (BadCellException e) {
          row.reject(e);
        }
      }
      return items;
    }
  }

  static void write(List<Item> items, Path directory) {
    WholeFile.write(
        directory.resolve(NAME),
        out -> {
          RowFormat.Output rows = RowFormat.CSV.open(out, COLUMNS);
          for (Item item : items) {
            rows.write(cells(item));
          }
          rows.end();
        });
  }

  /// Returns the cells of the unified columns.
  static List<String> cells(Item item) {
    return List.of(
        item.id(),
        item.title(),
        GenreList.join(item.genres()),
        item.description(),
        CellText.number(item.popularity()),
        item.creator(),
        item.timestamp(),
        item.domain());
  }

  private static Item item(Table.Row row, int[] columns) throws BadCellException {
    String id = row.cell(columns[0]);
    if (id.isEmpty()) {
      throw new BadCellException(COLUMNS.get(0), "is empty", id);
    }
    return new Item(
        id,
        row.cell(columns[1]),
        row.cell(columns[7]),
        GenreList.split(row.cell(columns[2])),
        row.cell(columns[3]),
        popularity(row.cell(columns[4])),
        row.cell(columns[5]),
        row.cell(columns[6]));
  }

  private static double popularity(String text) throws BadCellException {
    double value;
    try {
      value = Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new BadCellException(COLUMNS.get(4), "not a number", text);
    }
    if (!Double.isFinite(value)) {
      throw new BadCellException(COLUMNS.get(4), "not a finite number", text);
    }
    return value;
  }
}
