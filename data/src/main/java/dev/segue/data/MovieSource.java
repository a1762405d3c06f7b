package dev.segue.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the IMDB movies. Columns needed: `names, date_x, score, genre, overview`; `crew` is used
/// where it is there; `orig_title, status, orig_lang, budget_x, revenue, country` are not.
final class MovieSource extends CatalogueSource {
  private static final Pattern YEAR = Pattern.compile("\\b(\\d{4})\\b");

  private final int name;
  private final int date;
  private final int score;
  private final int genre;
  private final int overview;
  private final int crew;
  private final List<ItemDraft> drafts = new ArrayList<>();

  MovieSource(Table table, CleaningRecorder recorder) {
    super(table, recorder);
    name = table.requiredColumn("names");
    date = table.requiredColumn("date_x");
    score = table.requiredColumn("score");
    genre = table.requiredColumn("genre");
    overview = table.requiredColumn("overview");
    crew = table.column("crew");
  }

  @Override
  void read(Table.Row row) throws BadCellException {
    String title = required(cells.line(row, name), row, name);
    double popularity = score(row);
    String released = cells.line(row, date);
    drafts.add(
        new ItemDraft(
            "Movie",
            title,
            title,
            genres(row),
            cells.orElse(
                cells.block(row, overview), Substitutes.NO_DESCRIPTION, row, overview, "overview"),
            popularity,
            cells.orElse(cells.line(row, crew), Substitutes.NOT_AVAILABLE, row, crew, "crew"),
            released,
            year(released)));
  }

  @Override
  List<ItemDraft> drafts() {
    return drafts;
  }

  private List<String> genres(Table.Row row) {
    String text = cells.line(row, genre);
    List<String> genres =
        Arrays.stream(text.split(","))
            .map(String::strip)
            .filter(part -> !part.isEmpty())
            .distinct()
            .toList();
    return genres.isEmpty()
        ? List.of(cells.orElse("", Substitutes.UNKNOWN, row, genre, "genre"))
        : genres;
  }

  private double score(Table.Row row) throws BadCellException {
    if (row.cell(score).isBlank()) {
      cells.count("empty, taken as 0 (not scored)", row, score);
      return 0;
    }
    double value = number(row, score);
    if (value == 0) {
      cells.count("0, kept as the lowest popularity (not scored)", row, score);
    }
    return value;
  }

  private static String year(String released) {
    Matcher year = YEAR.matcher(released);
    return year.find() ? year.group(1) : "";
  }
}
