package dev.segue.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reads the items of one domain row by row, as its mapping says.
final class CatalogueSource {
  private final MappedRow cells;
  private final DomainMapping.Settings mapping;
  private final CleaningRecorder recorder;
  private final List<ItemDraft> drafts = new ArrayList<>();
  private final Map<String, Integer> draftByKey = new HashMap<>();
  private final RowDigests seen = new RowDigests();
  private final RowDigests works = new RowDigests();

  private CatalogueSource(MappedRow cells, CleaningRecorder recorder) {
    this.cells = cells;
    this.mapping = cells.mapping();
    this.recorder = recorder;
  }

  /// The items of a source and what cleaning did.
  record Result(List<Item> items, SourceCleaning cleaning) {}

  static Result read(DomainSource from) {
    DomainMapping.Settings mapping = from.mapping().settings();
    var recorder = new CleaningRecorder(from.domain(), from.file());
    try (Table table = Table.open(from.file(), mapping.columnNames(), recorder)) {
      var source =
          new CatalogueSource(new MappedRow(from.domain(), table, mapping, recorder), recorder);
      for (Table.Row row = table.next(); row != null; row = table.next()) {
        try {
          source.take(row);
        } catch (BadCellException e) {
          row.reject(e);
        }
      }
      List<Item> items = ItemIds.assign(source.finished());
      return new Result(items, recorder.finish(Math.toIntExact(table.rowsRead()), items.size()));
    }
  }

  private void take(Table.Row row) throws BadCellException {
    String key = cells.key(row);
    if (cells.isToSkip(row)) {
      recorder.count(
          "row left out: %s are empty".formatted(mapping.skipIfEmpty().describe("")), row, key);
    } else if (!mapping.joinsEqualKeys()) {
      takeApart(row, key);
    } else {
      takeJoined(row, key);
    }
  }

  private void takeApart(Table.Row row, String key) throws BadCellException {
    List<String> identity = cells.identity(row);
    if (seen.contains(identity)) {
      recorder.count("row left out: repeats an earlier row", row, key);
      return;
    }
    ItemDraft draft = cells.draft(row, key);
    seen.add(identity);
    if (!draft.firstCreator().isEmpty() && !works.add(List.of(key, draft.creator()))) {
      recorder.count("same title and creator with other figures, kept apart", row, key);
    }
    drafts.add(draft);
  }

  private void takeJoined(Table.Row row, String key) throws BadCellException {
    Integer earlier = draftByKey.get(key);
    if (earlier != null) {
      join(row, key, earlier);
      return;
    }
    ItemDraft draft = cells.draft(row, key);
    draftByKey.put(key, drafts.size());
    drafts.add(draft);
  }

  private void join(Table.Row row, String key, int earlier) throws BadCellException {
    ItemDraft draft = drafts.get(earlier);
    double popularity = cells.popularity(row);
    List<String> genres = new ArrayList<>(cells.genres(row));
    genres.removeAll(draft.genres());
    recorder.count(
        genres.isEmpty()
            ? "row left out: repeats key and genres of an earlier row"
            : "row joined to the item of an earlier row, more genres",
        row,
        key);
    if (popularity != draft.popularity() && !Double.isNaN(popularity)) {
      recorder.count("popularity: differs between rows of a key, highest kept", row, key);
    }
    drafts.set(earlier, draft.joined(genres, popularity));
  }

  /// Returns the drafts, the median in the place of popularities that wait for it.
  private List<ItemDraft> finished() {
    double[] known =
        drafts.stream()
            .mapToDouble(ItemDraft::popularity)
            .filter(popularity -> !Double.isNaN(popularity))
            .sorted()
            .toArray();
    double median = known.length == 0 ? 0 : known[known.length / 2];
    drafts.replaceAll(
        draft -> Double.isNaN(draft.popularity()) ? draft.joined(List.of(), median) : draft);
    return drafts;
  }
}
