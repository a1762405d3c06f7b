package dev.segue.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DomainMappingTest {
  private static final String PODCAST_MAPPING =
      """
      {
        "domain": "Podcast",
        "key": "show_id",
        "title": "show",
        "genre": {"column": "categories", "separator": "/"},
        "description": ["about", "more"],
        "popularity": {"column": "subscribers", "missing": "median"},
        "creator": {"column": "hosts", "separator": ";"},
        "timestamp": {"column": "since", "format": "dd.MM.yyyy"}
      }
      """;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {",", "\t", ";", "|"})
  void aMappingAloneMakesADomain(String separator) {
    String rows =
        """
        n,show_id,show,categories,about,more,subscribers,hosts,since
        1,p1,Night  Talk,News/Society,Talk at night.,Every day.,"1,200","Ann Lee;Bo Ek",02.01.2019
        2,p2,夜の話,News,,,,Cy,soon
        3,p1,Night Talk,History/News,,,1300,,
        4,p3,,,Short.,,90,,31.12.2020
        5,p4,Quiet,Society,,,100,,
        """;
    Path file =
        file(
            "podcasts",
            separator.equals(",")
                ? rows
                : rows.replace("\"1,200\"", "1200").replace(",", separator));

    CataloguePreparation.Prepared prepared = prepare("Podcast", file, PODCAST_MAPPING);

    assertThat(prepared.catalogue().items())
        .containsExactly(
            new Item(
                "Podcast_p1",
                "Night Talk",
                "Podcast",
                List.of("News", "Society", "History"),
                "Talk at night.\nEvery day.",
                1300,
                "Ann Lee, Bo Ek",
                "2019-01-02"),
            new Item(
                "Podcast_p2",
                "夜の話",
                "Podcast",
                List.of("News"),
                "No Description Available",
                100,
                "Cy",
                ""),
            new Item(
                "Podcast_p3",
                "Untitled",
                "Podcast",
                List.of("Unknown"),
                "Short.",
                90,
                "Not Available",
                "2020-12-31"),
            new Item(
                "Podcast_p4",
                "Quiet",
                "Podcast",
                List.of("Society"),
                "No Description Available",
                100,
                "Not Available",
                ""));
    SourceCleaning cleaning = prepared.report().sources().getFirst();
    assertThat(cleaning.count("row joined to the item of an earlier row, more genres"))
        .isEqualTo(1);
    assertThat(cleaning.count("subscribers: empty, taken as the median")).isEqualTo(1);
    assertThat(cleaning.count("since: not a date of the form dd.MM.yyyy, left empty")).isEqualTo(1);
    assertThat(cleaning.count("show: empty, set to Untitled")).isEqualTo(1);
    assertThat(cleaning.count("about, more: empty, set to No Description Available")).isEqualTo(2);
  }

  @Test
  void aTitleIsEnoughAndRowsOfOneTitleStayApart() {
    Path file =
        file(
            "games.jsonl",
            """
            {"name": "Low Tide", "studio": "Ann", "tags": ["Puzzle", "Sea"]}
            {"name": "Low Tide", "studio": "Bo", "tags": []}
            {"name": "Low Tide", "studio": "Bo", "tags": []}
            """);

    CataloguePreparation.Prepared titles = prepare("Game", file, "{\"title\": \"name\"}");
    CataloguePreparation.Prepared full =
        prepare(
            "Game", file, "{\"title\": \"name\", \"genre\": \"tags\", \"creator\": \"studio\"}");

    assertThat(titles.catalogue().items()).extracting(Item::id).containsExactly("Game_Low Tide");
    assertThat(titles.report().sources().getFirst().count("genre: not mapped, set to Unknown"))
        .isEqualTo(1);
    assertThat(full.catalogue().items())
        .extracting(Item::id)
        .containsExactly("Game_Low Tide (Ann)", "Game_Low Tide (Bo)");
    assertThat(full.catalogue().item(0).genres()).containsExactly("Puzzle", "Sea");
    assertThat(full.report().sources().getFirst().count("row left out: repeats an earlier row"))
        .isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "['a, b', \"c\"]          | auto | a, b/c",
        "[\"caf\\u00e9\", \"\\x41\"]  | list | café/A",
        "a, b                     | auto | a/b",
        "[a, b]                   | auto | [a/b]",
        "a, b                     | one  | a, b",
        "[]                       | auto | Unknown"
      })
  void genresAreReadAsTheMappingSays(String cell, String syntax, String expected) {
    Path file = file("g.tsv", "name\tgenre\nLow Tide\t\"" + cell.replace("\"", "\"\"") + "\"\n");

    Item item =
        prepare(
                "Game",
                file,
                "{\"title\": \"name\", \"genre\": {\"column\": \"genre\", \"syntax\": \"%s\"}}"
                    .formatted(syntax))
            .catalogue()
            .item(0);

    assertThat(String.join("/", item.genres())).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "yyyy-MM-dd    | 2021-10-22    | 2021-10-22",
        "MMM d yyyy    | oct 2 2021    | 2021-10-02",
        "MM/yyyy       | 10/2021       | 2021-10",
        "yyyy          | 1984          | 1984",
        "epoch-seconds | 1634860800    | 2021-10-22",
        "epoch-millis  | 1634860800000 | 2021-10-22",
        "epoch-millis  | yesterday     | ''",
        "yyyy          | 22.10.2021    | ''"
      })
  void datesBecomeIso(String format, String cell, String expected) {
    Path file = file("g.csv", "name,day\nLow Tide," + cell + "\n");

    CataloguePreparation.Prepared prepared =
        prepare(
            "Game",
            file,
            "{\"title\": \"name\", \"timestamp\": {\"column\": \"day\", \"format\": \"%s\"}}"
                .formatted(format));

    assertThat(prepared.catalogue().item(0).timestamp()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0        | 0   | 2",
        "7.5      | 7.5 | 2",
        "median   | 30  | 2",
        "reject   | 10  | 1"
      })
  void whatStandsForAMissingPopularityIsASetting(String missing, double expected, int kept) {
    Path file = file("g.csv", "name,p\nA,\nB,10\nC,30\nD,40\n");

    Catalogue catalogue =
        prepare(
                "Game",
                file,
                "{\"title\": \"name\", \"popularity\": {\"column\": \"p\", \"missing\": %s}}"
                    .formatted(missing.matches("[a-z]+") ? '"' + missing + '"' : missing))
            .catalogue();

    assertThat(catalogue.size()).isEqualTo(kept + 2);
    assertThat(catalogue.item(0).popularity()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "                                 | : empty, expected a JSON object",
        "[]                               | :1:1: mapping: expected an object {…}, got []",
        "{\"title\": \"a\"               | :2:1: not JSON: Unexpected end-of-input",
        "{\"title\": \"a\"} x             | :1:",
        "{\"title\": \"a\", \"title\": 1} | :1:23: not JSON: Duplicate",
        "{\"genre\": \"a\"}               | :1:1: title: missing, expected the name of the column",
        "{\"title\": 5}                   | :1:2: title: expected a name or a list of names, got 5",
        "{\"title\": []}                  | :1:2: title: expected a name or a list of names, got []",
        "{\"title\": \"\"}                | :1:2: title: expected text in quotes, got \"\"",
        "{\"title\": [\"a\", 5]}          | :1:17: title: expected text in quotes, got 5",
        "{\"titel\": \"a\"}               | :1:2: titel: no such setting, expected one of domain, key,",
        "{\"title\": {\"name\": \"a\"}}   | :1:12: name: no such setting, expected one of column, optional",
        "{\"title\": {\"optional\": true}}| :1:2: title: \"column\" is missing",
        "{\"title\": \"a\", \"genre\": {\"column\": \"g\", \"syntax\": \"csv\"}} | :1:41: syntax: expected auto, list or one, got \"csv\"",
        "{\"title\": \"a\", \"genre\": {\"column\": \"g\", \"syntax\": \"list\", \"separator\": \",\"}} | :1:41: syntax: excludes \"separator\"",
        "{\"title\": \"a\", \"popularity\": {\"column\": \"p\", \"missing\": \"mean\"}} | :1:46: missing: expected a number, \"median\" or \"reject\", got \"mean\"",
        "{\"title\": \"a\", \"popularity\": [\"p\", \"q\"]} | :1:36: popularity: expected one column, got 2",
        "{\"title\": \"a\", \"timestamp\": {\"column\": \"t\", \"format\": \"jj\"}} | :1:45: format: Unknown pattern letter: j, got \"jj\"",
        "{\"title\": \"a\", \"sameKey\": \"merge\"} | :1:16: sameKey: expected join or apart, got \"merge\"",
        "{\"title\": \"a\", \"domain\": \"My_Podcasts\"} | :1:16: domain: expected letters and digits, with spaces and hyphens between them, got \"My_Podcasts\""
      })
  void aBadMappingGivesOneClearLine(String json, String expected) {
    Path mapping = file("m.json", (json == null ? "" : json) + "\n");

    assertThatThrownBy(() -> DomainMapping.read(mapping))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(mapping + expected)
        .message()
        .doesNotContain("\n");
  }

  @Test
  void aColumnThatTheFileLacksIsNamedWithItsPlaceInTheMapping() {
    Path file = file("podcasts.csv", "show_id,show\n1,A\n");
    Path mapping = file("m.json", PODCAST_MAPPING);

    assertThatThrownBy(() ->
            CataloguePreparation.prepare(
                List.of(new DomainSource("Podcast", file, DomainMapping.read(mapping)))))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "%s: categories: no such column, which %s:5:13 names; columns found: show_id, show",
            file, mapping);
  }

  @Test
  void aRowThatCannotBeUsedIsNamedWithItsPlaceInTheFile() {
    Path file = file("g.csv", "name,p\nA,1\nB,many\nC,3\n");

    SourceCleaning cleaning =
        prepare("Game", file, "{\"title\": \"name\", \"popularity\": \"p\"}")
            .report()
            .sources()
            .getFirst();

    assertThat(cleaning.actions())
        .contains(
            new CleaningAction(
                "row left out: p: not a number", 1, file + ":3: p: not a number: \"many\""));
  }

  @Test
  void domainsStandBesideThePublicOnesAndOnceEach() {
    Path games = file("g.csv", "name\nDune\n");
    Path books = file("b.csv", "Book,Author,Genres,Num_Ratings\nDune,Ann,['C'],2\n");
    DomainSource game =
        new DomainSource(
            "Game", games, DomainMapping.read(file("m.json", "{\"title\": \"name\"}")));
    List<DomainSource> both =
        java.util.stream.Stream.concat(
                CataloguePreparation.publicSets(null, null, books).stream(),
                java.util.stream.Stream.of(game))
            .toList();

    Catalogue catalogue = CataloguePreparation.prepare(both).catalogue();

    assertThat(catalogue.domains()).containsExactly("Book", "Game");
    assertThat(catalogue.find("game_dune")).isInstanceOf(Lookup.Found.class);
    assertThat(catalogue.find("dune")).isInstanceOf(Lookup.Ambiguous.class);
    assertThatThrownBy(() -> CataloguePreparation.prepare(List.of(game, game)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got \"Game\" twice");
  }

  private CataloguePreparation.Prepared prepare(String domain, Path file, String mapping) {
    return CataloguePreparation.prepare(
        List.of(new DomainSource(domain, file, DomainMapping.read(file("m.json", mapping)))));
  }

  private Path file(String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
