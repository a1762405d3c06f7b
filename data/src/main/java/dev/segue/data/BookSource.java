package dev.segue.data;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Reads the Goodreads books. Columns needed: `Book, Author, Genres, Num_Ratings`; `Description` is
/// used where it is there; the unnamed index, `Avg_Rating` and `URL` are not, but for `Avg_Rating`,
/// which tells rows apart.
///
/// A book's popularity is its number of ratings: like the popularity of tracks it says how many
/// people know the item, which an average of stars does not.
final class BookSource extends CatalogueSource {
  private final int book;
  private final int author;
  private final int genres;
  private final int ratings;
  private final int average;
  private final int description;
  private final List<ItemDraft> drafts = new ArrayList<>();
  private final Set<List<String>> seen = new HashSet<>();
  private final Set<List<String>> seenWorks = new HashSet<>();

  BookSource(Table table, CleaningRecorder recorder) {
    super(table, recorder);
    book = table.requiredColumn("Book");
    author = table.requiredColumn("Author");
    genres = table.requiredColumn("Genres");
    ratings = table.requiredColumn("Num_Ratings");
    average = table.column("Avg_Rating");
    description = table.column("Description");
  }

  @Override
  void read(Table.Row row) throws BadCellException {
    List<String> identity =
        List.of(
            row.cell(book),
            row.cell(author),
            row.cell(description),
            row.cell(genres),
            row.cell(average),
            row.cell(ratings));
    if (seen.contains(identity)) {
      recorder.count("row left out: repeats an earlier row", row, row.cell(book));
      return;
    }
    String title = required(cells.line(row, book), row, book);
    // What may reject the row comes first, so that nothing is counted for a row left out.
    double popularity = ratings(row);
    List<String> genreNames = genres(row);
    ItemDraft draft =
        new ItemDraft(
            "Book",
            title,
            title,
            genreNames,
            description(row),
            popularity,
            cells.orElse(cells.line(row, author), Substitutes.NOT_AVAILABLE, row, author, "Author"),
            "",
            "");
    seen.add(identity);
    if (!seenWorks.add(List.of(title, draft.creator()))) {
      recorder.count("same title and author with other figures, kept apart", row, title);
    }
    drafts.add(draft);
  }

  @Override
  List<ItemDraft> drafts() {
    return drafts;
  }

  private List<String> genres(Table.Row row) throws BadCellException {
    String text = row.cell(genres);
    List<String> names;
    try {
      names = text.isBlank() ? List.of() : PythonList.parse(text);
    } catch (IllegalArgumentException e) {
      throw new BadCellException("Genres", "not a list such as ['Classics', 'Fiction']", text);
    }
    List<String> kept =
        names.stream().map(CellCleaner::collapsed).filter(n -> !n.isEmpty()).distinct().toList();
    return kept.isEmpty()
        ? List.of(cells.orElse("", Substitutes.UNKNOWN, row, genres, "Genres"))
        : kept;
  }

  private String description(Table.Row row) {
    String text = description < 0 ? "" : cells.block(row, description);
    return cells.orElse(text, Substitutes.NO_DESCRIPTION, row, description, "Description");
  }

  private double ratings(Table.Row row) throws BadCellException {
    if (row.cell(ratings).isBlank()) {
      cells.count("empty, taken as 0", row, ratings);
      return 0;
    }
    return number(row, ratings);
  }
}
