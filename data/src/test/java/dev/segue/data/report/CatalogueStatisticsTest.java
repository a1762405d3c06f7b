package dev.segue.data.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.data.Catalogue;
import dev.segue.data.CleaningAction;
import dev.segue.data.CleaningReport;
import dev.segue.data.DataException;
import dev.segue.data.Item;
import dev.segue.data.SourceCleaning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogueStatisticsTest {
  private static final Catalogue CATALOGUE =
      Catalogue.of(
          List.of(
              movie("Alien", List.of("Horror", "Romance"), "In space.", 80, "A, B", "05/25/1979 "),
              movie("Dune (1984)", List.of("Drama"), "Sand.", 60, "B, B", "12/14/1984"),
              movie("Dune (2021)", List.of("Unknown"), "More sand.", 70, "Not Available", ""),
              music("x1", "Yellow", List.of("romance", "rock"), "C"),
              music("x2", "Blue", List.of("rock"), "")));

  @Test
  void genresCreatorsAndYearsAreCountedByDomain() {
    DomainStatistics movies = CatalogueStatistics.of(CATALOGUE, null).domains().getFirst();

    assertThat(movies.domain()).isEqualTo("Movie");
    assertThat(movies.items()).isEqualTo(3);
    assertThat(movies.genreCount()).isEqualTo(3);
    assertThat(movies.topGenres())
        .containsExactly(
            new NamedCount("Drama", 1), new NamedCount("Horror", 1), new NamedCount("Romance", 1));
    assertThat(movies.topCreators())
        .containsExactly(new NamedCount("B", 2), new NamedCount("A", 1));
    assertThat(movies.years()).hasSize(6);
    assertThat(movies.years().getFirst()).isEqualTo(new NamedCount("1979", 1));
    assertThat(movies.years().get(1)).isEqualTo(new NamedCount("1980", 0));
    assertThat(movies.years().getLast()).isEqualTo(new NamedCount("1984", 1));
    assertThat(movies.undated()).isEqualTo(1);
    assertThat(movies.popularity().median()).isEqualTo(70);
    assertThat(movies.descriptionLength().max()).isEqualTo("More sand.".length());
    assertThat(movies.genresPerItem().max()).isEqualTo(2);
  }

  @Test
  void domainsAreComparedByGenreWithoutRegardToCase() {
    GenreOverlap overlap = CatalogueStatistics.of(CATALOGUE, null).genreOverlap();

    assertThat(overlap.domains()).containsExactly("Movie", "Music");
    assertThat(overlap.shared()).containsExactly("romance");
    assertThat(overlap.itemShare()[0][1]).isEqualTo(1.0 / 3);
    assertThat(overlap.itemShare()[1][0]).isEqualTo(0.5);
    assertThat(overlap.itemShare()[1][1]).isEqualTo(1);
  }

  @Test
  void missingValuesFollowFromStandInsWithoutAReport() {
    DomainStatistics movies = CatalogueStatistics.of(CATALOGUE, null).domains().getFirst();

    assertThat(movies.missing())
        .containsExactly(
            new MissingValues("Title", 0, 0),
            new MissingValues("Genre", 1, 0),
            new MissingValues("Description", 0, 0),
            new MissingValues("Creator", 1, 0),
            new MissingValues("Timestamp", 1, 1));
    assertThat(CatalogueStatistics.of(CATALOGUE, null).domains().getLast().missing())
        .contains(new MissingValues("Creator", 1, 1), new MissingValues("Timestamp", 2, 2));
  }

  @Test
  void missingValuesAndDuplicatesFollowFromTheReport(@TempDir Path folder) {
    new CleaningReport(
            List.of(
                source(
                    "Movie",
                    new CleaningAction("genre: empty, set to Unknown", 85, "f:2: \"quoted\\\""),
                    new CleaningAction("crew: no such column, set to Not Available", 90, "")),
                source(
                    "Music",
                    new CleaningAction(
                        "row left out: artists, album_name, track_name are empty", 1, "x"),
                    new CleaningAction(
                        "row left out: repeats key and genres of an earlier row", 4, "x"),
                    new CleaningAction(
                        "row joined to the item of an earlier row, more genres", 6, "x"))))
        .write(folder);

    CatalogueStatistics statistics =
        CatalogueStatistics.of(CATALOGUE, CleaningReports.read(folder));

    assertThat(statistics.domains().getFirst().missing())
        .contains(new MissingValues("Genre", 85, 0), new MissingValues("Creator", 90, 0));
    assertThat(statistics.domains().getFirst().duplicates())
        .isEqualTo(new Duplicates(100, 0, 0, 0, 2));
    assertThat(statistics.domains().getLast().duplicates())
        .isEqualTo(new Duplicates(100, 4, 6, 1, 0));
  }

  @Test
  void aReportIsOptionalButMustBeOne(@TempDir Path folder) throws IOException {
    assertThat(CleaningReports.read(folder)).isNull();

    Files.writeString(folder.resolve(CleaningReport.FILE_NAME), "{\"sources\": [\n{nonsense");
    assertThatThrownBy(() -> CleaningReports.read(folder))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("cleaning-report.json: not a cleaning report: ")
        .hasMessageNotContaining("\n");
  }

  @Test
  void fieldsOfLaterVersionsOfTheReportAreSkipped(@TempDir Path folder) throws IOException {
    Files.writeString(
        folder.resolve(CleaningReport.FILE_NAME),
        """
        {"version": {"major": 2}, "sources": [
          {"domain": "Movie", "extra": [1, {"a": 2}], "file": "f", "rowsRead": 3, "itemsKept": 2,
           "actions": [{"name": "n", "more": [], "count": 1, "example": "e"}]}]}
        """);

    assertThat(CleaningReports.read(folder))
        .isEqualTo(
            new CleaningReport(
                List.of(
                    new SourceCleaning(
                        "Movie", "f", 3, 2, List.of(new CleaningAction("n", 1, "e"))))));
  }

  @Test
  void yearsAreFoundInDatesOfAnyForm() {
    assertThat(Years.of("03/02/2023 ")).isEqualTo(2023);
    assertThat(Years.of("1999-12-31T10:00:00Z")).isEqualTo(1999);
    assertThat(Years.of("March 1813")).isEqualTo(1813);
    assertThat(Years.of("12345")).isEqualTo(-1);
    assertThat(Years.of("")).isEqualTo(-1);
  }

  private static SourceCleaning source(String domain, CleaningAction... actions) {
    return new SourceCleaning(domain, "f.csv", 100, 90, List.of(actions));
  }

  private static Item movie(
      String key, List<String> genres, String text, double score, String by, String date) {
    String title = key.replaceAll(" \\(.*", "");
    return new Item("Movie_" + key, title, "Movie", genres, text, score, by, date);
  }

  private static Item music(String key, String title, List<String> genres, String by) {
    return new Item("Music_" + key, title, "Music", genres, "From an album", 10, by, "");
  }
}
