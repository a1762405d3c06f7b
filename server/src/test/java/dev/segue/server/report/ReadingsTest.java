package dev.segue.server.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.data.Catalogue;
import dev.segue.data.Item;
import dev.segue.data.SessionLog;
import dev.segue.data.report.CatalogueStatistics;
import dev.segue.data.report.DomainStatistics;
import dev.segue.data.report.Histogram;
import dev.segue.data.report.SessionStatistics;
import dev.segue.data.report.Summary;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadingsTest {
  private static final CatalogueStatistics CATALOGUE =
      CatalogueStatistics.of(
          Catalogue.of(
              List.of(
                  movie("A", List.of("Drama", "War"), "1990", "X"),
                  movie("B", List.of("Drama"), "2000", "X, Y"),
                  movie("C", List.of("Unknown"), "2000", "Not Available"),
                  movie("D", List.of("War"), "", "Y"),
                  new Item("Book_A", "A", "Book", List.of("war"), "Some text", 5, "Z", ""))),
          null);

  @Test
  void figuresOfACatalogueAreReadFromTheData() {
    DomainStatistics movies = CATALOGUE.domains().getFirst();

    assertThat(Readings.items(CATALOGUE.domains(), 5))
        .isEqualTo("5 items in 2 domains; Movie is the largest with 80 %.");
    assertThat(Readings.genres(movies))
        .isEqualTo(
            "Drama leads with 2 of 4 (50 %); there are 2 genres, and an item has 1.25 on average.");
    assertThat(Readings.years(movies))
        .isEqualTo(
            "From 1990 to 2000; half are of 2000 or later, and 2000 has most, 2. 1 item without a year.");
    assertThat(Readings.creators(movies)).isEqualTo("X has most, 2 items; there are 2 names.");
    assertThat(Readings.descriptions(movies))
        .isEqualTo("Half of the descriptions have 4 characters or more; the longest has 4.");
    assertThat(Readings.missing(movies))
        .isEqualTo(
            "Cleaning put words in the place of missing values of Genre (1) and Creator (1);"
                + " still missing: Timestamp (1).");
    assertThat(Readings.duplicates(movies))
        .isEqualTo("The catalogue has no cleaning report; no two items share a title.");
    assertThat(Readings.overlap(CATALOGUE.genreOverlap()))
        .isEqualTo(
            "100 % of the Book items have a genre that Movie uses too, the strongest tie;"
                + " 1 genre in all domains: war.");
  }

  @Test
  void distributionsNameTheirFullestRange() {
    double[] values = {1, 2, 3, 12};

    assertThat(Readings.distribution(Summary.of(values), Histogram.linear(values, 3), "items"))
        .isEqualTo(
            "Half of the items have 2.5 or more, one in ten 12 or more; the fullest range, 0 to 5,"
                + " holds 75 %.");
  }

  @Test
  void figuresOfSessionsAreReadFromTheData() {
    SessionStatistics log =
        SessionStatistics.of(
            SessionLog.builder()
                .add("s", "Movie_A", 1_000, "Clicked", 2_000)
                .add("s", "Book_A", 2_000, "Clicked", -1)
                .add("s", "Movie_A", 3_000, "Searched", -1)
                .build(),
            null);

    assertThat(SessionReadings.lengths(log))
        .isEqualTo(
            "1 session with 3 events, 3 each on average; half have 3 or more, one in ten 3 or more,"
                + " the longest 3.");
    assertThat(SessionReadings.actions(log))
        .isEqualTo("Clicked of 2 actions is the most frequent: 2 of 3 (67 %).");
    assertThat(SessionReadings.dwell(log))
        .isEqualTo(
            "Known for 1 of 3 (33 %) events; half of them last 2 s or longer, one in ten 2 s or"
                + " longer.");
    assertThat(SessionReadings.popularity(log))
        .isEqualTo(
            "The most frequent item has 2 events; the top 1 % of the 2 items have 67 % of all"
                + " events, and 1 of 2 (50 %) occur just once.");
    assertThat(SessionReadings.transitions(log.transitions()))
        .isEqualTo(
            "2 of 2 (100 %) steps lead to another domain; the likeliest is from Movie to Book,"
                + " 100 % of what follows Movie.");
    assertThat(SessionReadings.cold(log)).isEqualTo("Too few sessions to tell.");
  }

  @Test
  void numbersAreWrittenForPeople() {
    assertThat(Words.number(5_691_311.0)).isEqualTo("5,691,311");
    assertThat(Words.number(3.274)).isEqualTo("3.27");
    assertThat(Words.number(12.04)).isEqualTo("12");
    assertThat(Words.compact(1_500)).isEqualTo("1.5k");
    assertThat(Words.compact(999_600)).isEqualTo("1M");
    assertThat(Words.compact(0)).isEqualTo("0");
    assertThat(Words.compact(100)).isEqualTo("100");
    assertThat(Words.percent(0.00001)).isEqualTo("less than 0.1 %");
    assertThat(Words.percent(0.072)).isEqualTo("7.2 %");
    assertThat(Words.percent(0.999)).isEqualTo("99.9 %");
    assertThat(Words.percent(1)).isEqualTo("100 %");
    assertThat(Words.shorten("𝄞𝄞𝄞𝄞", 3)).isEqualTo("𝄞𝄞…");
    assertThat(Words.list(List.of("a", "b", "c"))).isEqualTo("a, b and c");
  }

  private static Item movie(String key, List<String> genres, String date, String by) {
    return new Item("Movie_" + key, key, "Movie", genres, "Text", 10, by, date);
  }
}
