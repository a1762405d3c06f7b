package dev.segue.server.report;

import dev.segue.data.report.DomainStatistics;
import dev.segue.data.report.Duplicates;
import dev.segue.data.report.GenreOverlap;
import dev.segue.data.report.Histogram;
import dev.segue.data.report.MissingValues;
import dev.segue.data.report.NamedCount;
import dev.segue.data.report.Summary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// One line on what a figure about a catalogue shows.
final class Readings {
  private static final int NAMED = 8;

  private Readings() {}

  static String items(List<DomainStatistics> domains, int items) {
    DomainStatistics largest =
        domains.stream().max(Comparator.comparingInt(DomainStatistics::items)).orElseThrow();
    return "%s in %s; %s is the largest with %s."
        .formatted(
            Words.counted(items, "item"),
            Words.counted(domains.size(), "domain"),
            largest.domain(),
            Words.percent((double) largest.items() / items));
  }

  static String genres(DomainStatistics domain) {
    List<NamedCount> top = domain.topGenres();
    if (top.isEmpty()) {
      return "No item has a genre.";
    }
    long labels = Math.round(domain.genresPerItem().mean() * domain.items());
    long shown = top.stream().mapToLong(NamedCount::count).sum();
    String leader =
        "%s leads with %s".formatted(top.getFirst().name(), part(top.getFirst(), domain.items()));
    String rest =
        top.size() == domain.genreCount()
            ? "there are %s".formatted(Words.counted(domain.genreCount(), "genre"))
            : "the %d shown of %s genres make up %s of all mentions"
                .formatted(
                    top.size(),
                    Words.number(domain.genreCount()),
                    Words.percent((double) shown / labels));
    return "%s; %s, and an item has %s on average."
        .formatted(leader, rest, Words.number(domain.genresPerItem().mean()));
  }

  static String distribution(Summary summary, Histogram histogram, String noun) {
    Histogram.Bin fullest = histogram.fullest();
    return "Half of the %s have %s or more, one in ten %s or more; the fullest range, %s to %s, holds %s."
        .formatted(
            noun,
            Words.number(summary.median()),
            Words.number(summary.percentile90()),
            Words.number(fullest.from()),
            Words.number(fullest.to()),
            Words.percent((double) fullest.count() / histogram.total()));
  }

  static String years(DomainStatistics domain) {
    List<NamedCount> years = domain.years();
    long dated = years.stream().mapToLong(NamedCount::count).sum();
    NamedCount peak = years.stream().max(Comparator.comparingLong(NamedCount::count)).orElseThrow();
    String undated =
        domain.undated() == 0
            ? ""
            : " %s without a year.".formatted(Words.counted(domain.undated(), "item"));
    return "From %s to %s; half are of %s or later, and %s has most, %s.%s"
        .formatted(
            years.getFirst().name(),
            years.getLast().name(),
            medianYear(years, dated),
            peak.name(),
            Words.number(peak.count()),
            undated);
  }

  private static String medianYear(List<NamedCount> years, long dated) {
    long later = 0;
    for (NamedCount year : years.reversed()) {
      later += year.count();
      if (2 * later >= dated) {
        return year.name();
      }
    }
    return "";
  }

  static String creators(DomainStatistics domain) {
    NamedCount first = domain.topCreators().getFirst();
    return "%s has most, %s; there are %s names."
        .formatted(
            first.name(),
            Words.counted(first.count(), "item"),
            Words.number(domain.creatorCount()));
  }

  static String descriptions(DomainStatistics domain) {
    Summary length = domain.descriptionLength();
    long without = (long) domain.items() - length.count();
    return "Half of the descriptions have %s characters or more; the longest has %s.%s"
        .formatted(
            Words.number(length.median()),
            Words.number(length.max()),
            without == 0
                ? ""
                : " %s %s none."
                    .formatted(Words.counted(without, "item"), without == 1 ? "has" : "have"));
  }

  static String missing(DomainStatistics domain) {
    List<String> filled = new ArrayList<>();
    List<String> open = new ArrayList<>();
    for (MissingValues column : domain.missing()) {
      if (column.before() > column.after()) {
        filled.add(
            "%s (%s)".formatted(column.column(), Words.number(column.before() - column.after())));
      }
      if (column.after() > 0) {
        open.add("%s (%s)".formatted(column.column(), Words.number(column.after())));
      }
    }
    if (filled.isEmpty() && open.isEmpty()) {
      return "Nothing was missing.";
    }
    String first =
        filled.isEmpty()
            ? "Cleaning had nothing to fill in"
            : "Cleaning put words in the place of missing values of " + Words.list(filled);
    String second =
        open.isEmpty() ? "nothing is missing now" : "still missing: " + Words.list(open);
    return "%s; %s.".formatted(first, second);
  }

  static String duplicates(DomainStatistics domain) {
    Duplicates found = domain.duplicates();
    String shared =
        found.sharedTitles() == 0
            ? "no two items share a title"
            : "%s %s title with another of the domain"
                .formatted(
                    Words.counted(found.sharedTitles(), "item"),
                    found.sharedTitles() == 1 ? "shares its" : "share their");
    if (found.rowsRead() == 0) {
      return "The catalogue has no cleaning report; " + shared + ".";
    }
    List<String> why = new ArrayList<>();
    addUnlessZero(why, found.rowsRepeated(), "repeated an earlier one");
    addUnlessZero(why, found.rowsJoined(), "added a genre to an earlier one");
    addUnlessZero(why, found.rowsRejected(), "could not be used");
    return "%s became %s%s; %s."
        .formatted(
            Words.counted(found.rowsRead(), "row"),
            Words.counted(domain.items(), "item"),
            why.isEmpty() ? ", none repeated" : ": " + Words.list(why),
            shared);
  }

  private static void addUnlessZero(List<String> clauses, long count, String what) {
    if (count > 0) {
      clauses.add(Words.number(count) + " " + what);
    }
  }

  static String overlap(GenreOverlap overlap) {
    int best = 0;
    int other = 1;
    double[][] share = overlap.itemShare();
    for (int a = 0; a < share.length; a++) {
      for (int b = 0; b < share.length; b++) {
        if (a != b && share[a][b] > share[best][other]) {
          best = a;
          other = b;
        }
      }
    }
    List<String> names = overlap.shared().stream().limit(NAMED).toList();
    int more = overlap.shared().size() - names.size();
    String shared =
        names.isEmpty()
            ? "no genre occurs in all domains"
            : "%s in all domains: %s%s"
                .formatted(
                    Words.counted(overlap.shared().size(), "genre"),
                    String.join(", ", names),
                    more > 0 ? " and %d more".formatted(more) : "");
    return "%s of the %s items have a genre that %s uses too, the strongest tie; %s."
        .formatted(
            Words.percent(share[best][other]),
            overlap.domains().get(best),
            overlap.domains().get(other),
            shared);
  }

  private static String part(NamedCount count, long whole) {
    return Words.part(count.count(), whole);
  }
}
