package dev.segue.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The Parquet files are made by `src/test/python/make_parquet.py`.
class FileFormatsTest {
  private static final Path RESOURCES = Path.of("src/test/resources/dev/segue/data");

  @TempDir Path folder;

  @Test
  void moviesAreReadFromParquet() {
    CataloguePreparation.Prepared prepared =
        CataloguePreparation.prepare(RESOURCES.resolve("movies.parquet"), null, null);

    assertThat(prepared.catalogue().items())
        .containsExactly(
            new Item(
                "Movie_Night Ferry",
                "Night Ferry",
                "Movie",
                List.of("Drama", "Action"),
                "Two boats.",
                73,
                "Ann Lee",
                "03/02/2023"),
            new Item(
                "Movie_Low Tide",
                "Low Tide",
                "Movie",
                List.of("Unknown"),
                "Sea.",
                0,
                "Not Available",
                "05/02/2021"));
    assertThat(prepared.report().sources().getFirst().count("row left out: names: is empty"))
        .isEqualTo(1);
  }

  @Test
  void listsInParquetAreLists() {
    Catalogue catalogue =
        CataloguePreparation.prepare(null, null, RESOURCES.resolve("books.parquet")).catalogue();

    assertThat(catalogue.item(0).genres()).containsExactly("Fiction", "Children's");
    assertThat(catalogue.item(0).popularity()).isEqualTo(5_691_311);
    assertThat(catalogue.item(1).genres()).containsExactly("Unknown");
  }

  @Test
  void logsAreReadFromParquet() {
    SessionLog log = SessionLogs.read(RESOURCES.resolve("events.parquet"));

    assertThat(SessionLogTest.describe(log))
        .containsExactly(
            "7: a@1396860669277 Clicked 1500, b@1396860670277 Clicked -1",
            "8: a@1396860669277 Clicked 20");
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 100, 900})
  void aDamagedParquetFileIsRefused(int length) throws IOException {
    byte[] whole = Files.readAllBytes(RESOURCES.resolve("events.parquet"));
    Path file = Files.write(folder.resolve("log"), Arrays.copyOf(whole, length));

    assertThatThrownBy(() -> SessionLogs.read(file))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(file + ": not a readable Parquet file")
        .message()
        .doesNotContain("\n");
  }

  @Test
  void jsonLinesAreReadWithNamesInAnyOrder() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("log"),
            """
            {"session": 7, "item": "a", "time": 1396860669.277}

            {"time": 1396860670, "item": "b", "session": "7", "dwell": 12, "tags": ["x", 1]}
            {"session": 8, "item": "a", "time": 1396860669, "dwell": null}
            """);

    assertThat(SessionLogTest.describe(SessionLogs.read(file)))
        .containsExactly(
            "8: a@1396860669000 Clicked -1",
            "7: a@1396860669277 Clicked -1, b@1396860670000 Clicked 12");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"session\": 1, \"item\": \"a\"}\\n[1]|:2: not a JSON object, expected one on each line",
        "{\"session\": 1, \"item\": \"a\"}\\n{\"session\": 1, |:2: not a JSON object: Unexpected"
            + " end-of-input",
        "{\"session\": 1, \"item\": {\"id\": 3}}|:1: item: nested JSON, expected text, a number or a"
            + " list of them",
        "{\"session\": 1, \"item\": \"\"}|:1: item: is empty: \"\"",
        "{\"session\": 1, \"price\": 2}|: item: no such column"
      })
  void badJsonGivesOneClearLine(String text, String expected) throws IOException {
    Path file = Files.writeString(folder.resolve("log.jsonl"), text.replace("\\n", "\n"));

    assertThatThrownBy(() -> SessionLogs.read(file))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(file + expected)
        .message()
        .doesNotContain("\n");
  }

  @Test
  void aNameThatComesUpLateIsNotLost() throws IOException {
    String line = "{\"session\": 1, \"item\": \"a\"}\n";
    Path file =
        Files.writeString(
            folder.resolve("log.jsonl"),
            line.repeat(1000) + "{\"session\": 1, \"item\": \"a\", \"dwell\": 5}\n");

    assertThatThrownBy(() -> SessionLogs.read(file))
        .isInstanceOf(DataException.class)
        .hasMessage(
            file
                + ":1001: dwell: a name that the first 1000 lines do not have; columns found:"
                + " session, item");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "l.csv",
        "l.csv.gz",
        "l.csv.zst",
        "l.tsv.gz",
        "l.jsonl",
        "l.jsonl.gz",
        "l.jsonl.zst",
        "l.parquet"
      })
  void logsSurviveEveryFormat(String name) throws IOException {
    SessionLog log =
        SessionLog.builder()
            .add("é\"1", "Movie_Creed III", 5, "Searched", 20)
            .add("2", "漢, x", 9, "", -1)
            .build();
    Path file = folder.resolve(name);

    SessionLogs.write(log, file);

    assertThat(SessionLogTest.describe(SessionLogs.read(file)))
        .isEqualTo(SessionLogTest.describe(log));
    byte[] start = Arrays.copyOf(Files.readAllBytes(file), 2);
    assertThat(start[0] == 0x1F).isEqualTo(name.endsWith(".gz"));
    assertThat(start[0] == 0x28).isEqualTo(name.endsWith(".zst"));
  }

  @Test
  void parquetOfManyRowGroupsComesBack() {
    SessionLog.Builder events = SessionLog.builder();
    var random = new Random(1);
    for (int i = 0; i < 400_000; i++) {
      // Ids without repetition, so that packing does not keep all rows in one group.
      String id = Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong());
      events.add("s" + i / 4, id, 1_000_000L + i, "", i % 3 == 0 ? -1 : i);
    }
    SessionLog log = events.build();
    Path file = folder.resolve("l.parquet");

    SessionLogs.write(log, file);

    SessionLog read = SessionLogs.read(file);
    assertThat(read.eventCount()).isEqualTo(log.eventCount());
    for (int i = 0; i < log.eventCount(); i += 997) {
      assertThat(read.items().id(read.item(i))).isEqualTo(log.items().id(log.item(i)));
      assertThat(read.timeMillis(i)).isEqualTo(log.timeMillis(i));
      assertThat(read.dwellMillis(i)).isEqualTo(log.dwellMillis(i));
    }
  }

  @Test
  void aPackedParquetFileIsRefusedSinceNothingReadsIt() {
    SessionLog log = SessionLog.builder().add("s", "a").build();

    assertThatThrownBy(() -> SessionLogs.write(log, folder.resolve("l.parquet.gz")))
        .isInstanceOf(DataException.class)
        .hasMessageEndingWith(
            "l.parquet.gz: Parquet is packed inside, expected a name that ends with .parquet");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aCutGzipFileIsRefused() throws IOException {
    Path file = folder.resolve("l.csv.gz");
    SessionLogs.write(SessionLog.builder().add("s", "a").build(), file);
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length - 12));

    assertThatThrownBy(() -> SessionLogs.read(file))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(file + ": ");
  }
}
