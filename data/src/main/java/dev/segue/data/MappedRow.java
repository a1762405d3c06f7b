package dev.segue.data;

import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Makes an item of a row: takes the cells that a mapping names, cleans them, and counts what it
/// put in the place of missing values.
final class MappedRow {
  private static final Pattern YEAR = Pattern.compile("\\b(\\d{4})\\b");

  private final String domain;
  private final Table table;
  private final DomainMapping.Settings mapping;
  private final CleaningRecorder recorder;
  private final CellCleaner cells;
  private final int[] key;
  private final int[] title;
  private final int[] genre;
  private final int[] description;
  private final int[] creator;
  private final int popularity;
  private final int timestamp;
  private final int[] identity;
  private final int[] skipIfEmpty;
  private final Map<String, String> genreNames = new HashMap<>();

  MappedRow(String domain, Table table, DomainMapping.Settings mapping, CleaningRecorder recorder) {
    this.domain = domain;
    this.table = table;
    this.mapping = mapping;
    this.recorder = recorder;
    cells = new CellCleaner(table, recorder);
    key = find(mapping.key());
    title = find(mapping.title());
    genre = find(mapping.genre());
    description = find(mapping.description());
    creator = find(mapping.creator());
    popularity = first(find(mapping.popularity()));
    timestamp = first(find(mapping.timestamp()));
    skipIfEmpty = find(mapping.skipIfEmpty());
    identity =
        Stream.of(
                key,
                title,
                genre,
                description,
                creator,
                new int[] {popularity, timestamp},
                find(mapping.compare()))
            .flatMapToInt(Arrays::stream)
            .toArray();
  }

  DomainMapping.Settings mapping() {
    return mapping;
  }

  /// Returns what the source calls the item; a row without is of no use.
  String key(Table.Row row) throws BadCellException {
    String text = line(row, key);
    if (text.isEmpty()) {
      throw new BadCellException(mapping.key().describe("key"), "is empty", raw(row, key));
    }
    return text;
  }

  /// Returns whether the row holds nothing of what the mapping wants at least one of.
  boolean isToSkip(Table.Row row) {
    return skipIfEmpty.length > 0
        && Arrays.stream(skipIfEmpty).allMatch(column -> row.cell(column).isBlank());
  }

  /// Returns the cells by which rows are the same or not.
  List<String> identity(Table.Row row) {
    return IntStream.of(identity).mapToObj(row::cell).toList();
  }

  /// Returns the item. What may reject the row comes first, so that nothing is counted for a row
  /// that is left out.
  ItemDraft draft(Table.Row row, String rowKey) throws BadCellException {
    double popular = popularity(row);
    List<String> genres = genres(row);
    String released = released(row);
    return new ItemDraft(
        domain,
        rowKey,
        Arrays.equals(key, title)
            ? rowKey
            : orElse(line(row, title), Substitutes.UNTITLED, row, mapping.title(), title, "title"),
        genres.isEmpty()
            ? List.of(orElse("", Substitutes.UNKNOWN, row, mapping.genre(), genre, "genre"))
            : genres,
        description(row),
        popular,
        orElse(creator(row), Substitutes.NOT_AVAILABLE, row, mapping.creator(), creator, "creator"),
        released,
        year(released));
  }

  /// Returns the popularity; NaN where the median is to stand for it.
  double popularity(Table.Row row) throws BadCellException {
    MissingPopularity missing = mapping.missing();
    String column = mapping.popularity().describe("popularity");
    if (popularity < 0) {
      return missing.policy() == MissingPopularity.Policy.VALUE ? missing.value() : 0;
    }
    String zero = mapping.zeroMeans().isEmpty() ? "" : " (%s)".formatted(mapping.zeroMeans());
    if (row.cell(popularity).isBlank()) {
      if (missing.policy() == MissingPopularity.Policy.REJECT) {
        throw new BadCellException(column, "is empty", row.cell(popularity));
      }
      boolean isMedian = missing.policy() == MissingPopularity.Policy.MEDIAN;
      String taken = isMedian ? "the median" : CellText.number(missing.value());
      cells.count("empty, taken as " + taken + (missing.value() == 0 ? zero : ""), row, popularity);
      return missing.value();
    }
    double value = Numbers.parse(row.cell(popularity), column);
    if (value == 0 && !zero.isEmpty()) {
      cells.count("0, kept as the lowest popularity" + zero, row, popularity);
    }
    return value;
  }

  /// Returns the genres of a row; none where it names none.
  List<String> genres(Table.Row row) throws BadCellException {
    return values(row, genre, mapping.genre().syntax()).stream()
        .map(name -> genreNames.computeIfAbsent(name, same -> same))
        .toList();
  }

  private String creator(Table.Row row) throws BadCellException {
    ListSyntax syntax = mapping.creator().syntax();
    return String.join(", ", values(row, creator, syntax));
  }

  private String description(Table.Row row) {
    String text =
        IntStream.of(description)
            .mapToObj(column -> cells.block(row, column))
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining("\n"));
    return orElse(
        text.isEmpty() ? "" : mapping.description().prefix() + text,
        Substitutes.NO_DESCRIPTION,
        row,
        mapping.description(),
        description,
        "description");
  }

  private String released(Table.Row row) {
    String text = timestamp < 0 ? "" : cells.line(row, timestamp);
    DateFormat format = mapping.dateFormat();
    if (format == null || text.isEmpty()) {
      return text;
    }
    try {
      return format.toIso(text);
    } catch (DateTimeException e) {
      cells.count("not a date of the form %s, left empty".formatted(format), row, timestamp);
      return "";
    }
  }

  private List<String> values(Table.Row row, int[] columns, ListSyntax syntax)
      throws BadCellException {
    if (columns.length == 1) {
      return values(row, columns[0], syntax);
    }
    List<String> all = new ArrayList<>();
    for (int column : columns) {
      all.addAll(values(row, column, syntax));
    }
    return all.stream().distinct().toList();
  }

  private List<String> values(Table.Row row, int column, ListSyntax syntax)
      throws BadCellException {
    return column < 0
        ? List.of()
        : syntax.values(cells.line(row, column), table.header().get(column));
  }

  private String line(Table.Row row, int[] columns) {
    return columns.length == 1
        ? cells.line(row, columns[0])
        : IntStream.of(columns)
            .mapToObj(column -> cells.line(row, column))
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining(" "));
  }

  private static String raw(Table.Row row, int[] columns) {
    return IntStream.of(columns).mapToObj(row::cell).collect(Collectors.joining(" "));
  }

  private String orElse(
      String text, String substitute, Table.Row row, SourceColumns mapped, int[] found, String as) {
    if (!text.isEmpty()) {
      return text;
    }
    String why = mapped.columns().isEmpty() ? "not mapped" : "no such column";
    recorder.count(
        "%s: %s, set to %s"
            .formatted(mapped.describe(as), found.length == 0 ? why : "empty", substitute),
        row,
        "");
    return substitute;
  }

  /// Finds columns by name, without those that are optional and not there.
  private int[] find(SourceColumns columns) {
    return columns.columns().stream()
        .mapToInt(column -> column(columns, column))
        .filter(column -> column >= 0)
        .toArray();
  }

  private int column(SourceColumns columns, SourceColumns.Named named) {
    int column = table.column(named.name());
    if (column < 0 && !columns.optional()) {
      throw table.missing(
          named.name(),
          mapping.origin().isEmpty()
              ? "expected a column of this name"
              : "which %s names".formatted(named.place()));
    }
    return column;
  }

  private static int first(int[] columns) {
    return columns.length == 0 ? -1 : columns[0];
  }

  private static String year(String released) {
    Matcher year = YEAR.matcher(released);
    return year.find() ? year.group(1) : "";
  }
}
