package dev.segue.data.report;

import dev.segue.data.Item;
import dev.segue.data.SourceCleaning;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Counts what the items of one domain are like.
final class DomainCounter {
  private static final int TOP = 20;
  private static final int BINS = 20;

  private final String domain;
  private final List<Item> items;

  DomainCounter(String domain, List<Item> items) {
    this.domain = domain;
    this.items = items;
  }

  DomainStatistics count(@Nullable SourceCleaning cleaning) {
    Map<String, Long> genres = new HashMap<>();
    Map<String, Long> creators = new HashMap<>();
    Map<Integer, Long> years = new HashMap<>();
    for (Item item : items) {
      item.genres().forEach(genre -> genres.merge(genre, 1L, Long::sum));
      Creators.of(item.creator()).forEach(name -> creators.merge(name, 1L, Long::sum));
      years.merge(Years.of(item.timestamp()), 1L, Long::sum);
    }
    Long undated = years.remove(-1);
    // What stands for a missing value is none.
    genres.remove("Unknown");
    creators.remove("Not Available");
    double[] popularity = items.stream().mapToDouble(Item::popularity).toArray();
    double[] lengths = descriptionLengths();
    return new DomainStatistics(
        domain,
        items.size(),
        genres.size(),
        NamedCount.top(genres, TOP),
        Summary.of(items.stream().mapToDouble(item -> item.genres().size()).toArray()),
        Summary.of(popularity),
        Histogram.of(popularity, BINS),
        Years.withGaps(years),
        undated == null ? 0 : undated,
        creators.size(),
        NamedCount.top(creators, TOP),
        Summary.of(lengths),
        descriptionHistogram(lengths),
        CleaningFigures.missing(items, cleaning),
        CleaningFigures.duplicates(items, cleaning));
  }

  private static Histogram descriptionHistogram(double[] lengths) {
    Histogram fitting = Histogram.of(lengths, BINS);
    return fitting.logarithmic() ? fitting : Histogram.whole(lengths, BINS);
  }

  private double[] descriptionLengths() {
    return items.stream()
        .map(Item::description)
        .filter(text -> !text.isBlank() && !text.equals("No Description Available"))
        .mapToDouble(text -> text.codePointCount(0, text.length()))
        .toArray();
  }
}
