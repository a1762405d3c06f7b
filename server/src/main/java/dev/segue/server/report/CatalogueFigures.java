package dev.segue.server.report;

import dev.segue.data.report.CatalogueStatistics;
import dev.segue.data.report.DomainStatistics;
import dev.segue.data.report.Duplicates;
import dev.segue.data.report.GenreOverlap;
import dev.segue.data.report.Histogram;
import dev.segue.data.report.NamedCount;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The figures about a catalogue: one chapter across domains, one for each domain.
final class CatalogueFigures {
  private final CatalogueStatistics statistics;

  CatalogueFigures(CatalogueStatistics statistics) {
    this.statistics = statistics;
  }

  List<Section> sections() {
    List<Section> sections = new ArrayList<>();
    sections.add(new Section("catalogue", "Catalogue", across()));
    for (int i = 0; i < statistics.domains().size(); i++) {
      DomainStatistics domain = statistics.domains().get(i);
      String id = name(domain.domain(), i + 1);
      sections.add(new Section(id, domain.domain(), ofDomain(domain, id, Inks.series(i))));
    }
    return sections;
  }

  /// Returns a name for pages and files: that of the domain if it is plain, else its number.
  private static String name(String domain, int number) {
    String name = domain.toLowerCase(Locale.ROOT);
    return name.matches("[a-z][a-z0-9]{0,30}") && !name.equals("sessions")
        ? name
        : "domain-" + number;
  }

  private List<Figure> across() {
    List<NamedCount> items =
        statistics.domains().stream()
            .map(domain -> new NamedCount(domain.domain(), domain.items()))
            .toList();
    List<Figure> figures = new ArrayList<>();
    figures.add(
        new Figure(
            "items-by-domain",
            "Items by domain",
            Readings.items(statistics.domains(), statistics.items()),
            bars(items, Inks.series(0)),
            Tables.of("Domain", "Items", items)));
    if (statistics.domains().size() > 1) {
      figures.add(overlap());
    }
    return figures;
  }

  private Figure overlap() {
    GenreOverlap overlap = statistics.genreOverlap();
    int size = overlap.domains().size();
    int[][] percent = new int[size][size];
    for (int a = 0; a < size; a++) {
      for (int b = 0; b < size; b++) {
        percent[a][b] = (int) Math.round(100 * overlap.itemShare()[a][b]);
      }
    }
    return new Figure(
        "genre-overlap",
        "Genre overlap: items of a row's domain with a genre of the column's, in %",
        Readings.overlap(overlap),
        new HeatPicture(overlap.domains(), percent, "has the genre too", "items of"),
        Tables.of("Items of", overlap.domains(), percent));
  }

  private static List<Figure> ofDomain(DomainStatistics domain, String id, Color colour) {
    List<Figure> figures = new ArrayList<>();
    figures.add(
        new Figure(
            id + "-genres",
            "Top genres",
            Readings.genres(domain),
            bars(domain.topGenres(), colour),
            Tables.of("Genre", "Items", domain.topGenres())));
    figures.add(creators(domain, id, colour));
    figures.add(popularity(domain, id, colour));
    figures.add(descriptions(domain, id, colour));
    figures.add(years(domain, id, colour));
    figures.add(missing(domain, id, colour));
    figures.add(duplicates(domain, id, colour));
    return figures;
  }

  private static Figure popularity(DomainStatistics domain, String id, Color colour) {
    Histogram histogram = domain.popularityHistogram();
    return new Figure(
        id + "-popularity",
        "Popularity, on the scale of the source",
        Readings.distribution(domain.popularity(), histogram, "items"),
        new HistogramPicture(
            histogram, "popularity", "items", HistogramPicture.Axis.NUMBERS, colour),
        Tables.of("Popularity", "Items", histogram));
  }

  private static Figure years(DomainStatistics domain, String id, Color colour) {
    List<NamedCount> years = domain.years();
    if (years.isEmpty()) {
      return Figure.withoutPicture(
          id + "-years", "Releases by year", "The source has no dates of release.");
    }
    List<Histogram.Bin> bins =
        years.stream()
            .map(year -> new NamedYear(Integer.parseInt(year.name()), year.count()))
            .map(year -> new Histogram.Bin(year.year(), year.year() + 1, year.count()))
            .toList();
    return new Figure(
        id + "-years",
        "Releases by year",
        Readings.years(domain),
        new HistogramPicture(
            new Histogram(false, bins), "year", "items", HistogramPicture.Axis.WHOLE, colour),
        Tables.of("Year", "Items", years));
  }

  private record NamedYear(int year, long count) {}

  private static Figure creators(DomainStatistics domain, String id, Color colour) {
    if (domain.topCreators().isEmpty()) {
      return Figure.withoutPicture(
          id + "-creators", "Top creators", "The source does not name creators.");
    }
    return new Figure(
        id + "-creators",
        "Top creators",
        Readings.creators(domain),
        bars(domain.topCreators(), colour),
        Tables.of("Creator", "Items", domain.topCreators()));
  }

  private static Figure descriptions(DomainStatistics domain, String id, Color colour) {
    Histogram histogram = domain.descriptionHistogram();
    if (histogram.bins().isEmpty()) {
      return Figure.withoutPicture(
          id + "-descriptions", "Lengths of descriptions", "No item has a description.");
    }
    return new Figure(
        id + "-descriptions",
        "Lengths of descriptions",
        Readings.descriptions(domain),
        new HistogramPicture(
            histogram, "characters", "items", HistogramPicture.Axis.NUMBERS, colour),
        Tables.of("Characters", "Items", histogram));
  }

  private static Figure missing(DomainStatistics domain, String id, Color colour) {
    List<List<String>> table = new ArrayList<>();
    table.add(List.of("Column", "missing before cleaning", "after"));
    List<PairedBarPicture.Row> rows =
        domain.missing().stream()
            .map(column ->
                new PairedBarPicture.Row(column.column(), column.before(), column.after()))
            .toList();
    rows.forEach(row ->
        table.add(List.of(row.label(), Words.number(row.before()), Words.number(row.after()))));
    return new Figure(
        id + "-missing",
        "Missing values before and after cleaning",
        Readings.missing(domain),
        new PairedBarPicture(rows, "before cleaning", "after cleaning", colour),
        table);
  }

  private static Figure duplicates(DomainStatistics domain, String id, Color colour) {
    Duplicates found = domain.duplicates();
    List<NamedCount> counts = new ArrayList<>();
    if (found.rowsRead() > 0) {
      counts.add(new NamedCount("rows in the source", found.rowsRead()));
      counts.add(new NamedCount("repeat an earlier row", found.rowsRepeated()));
      counts.add(new NamedCount("add a genre to an earlier row", found.rowsJoined()));
      counts.add(new NamedCount("cannot be used", found.rowsRejected()));
    }
    counts.add(new NamedCount("items in the catalogue", domain.items()));
    counts.add(new NamedCount("items that share a title", found.sharedTitles()));
    return new Figure(
        id + "-duplicates",
        "Rows, duplicates and shared titles",
        Readings.duplicates(domain),
        bars(counts, colour),
        Tables.of("What", "Count", counts));
  }

  static BarPicture bars(List<NamedCount> counts, Color colour) {
    return new BarPicture(
        counts.stream().map(count -> BarPicture.Bar.of(count.name(), count.count())).toList(),
        colour);
  }
}
