package dev.segue.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionLogWritingTest {
  private static final Item HEAT =
      new Item(
          "Movie_Heat", "Heat", "Movie", List.of("Crime", "Drama"), "d", 79, "M", "12/15/1995");
  private static final Item PINE =
      new Item("Music_p1", "Pine", "Music", List.of("pop"), "t", 7.5, "A, B", "");
  private static final String TEN_COLUMNS =
      "Item_ID,Title,Genre,Description,Popularity,Creator,Timestamp,Item_Type,Session_ID,Action_Type";

  @TempDir Path folder;

  record Event(String session, String item, long time, String action, int dwell) {}

  @Test
  void theMissionsFileHasExactlyItsTenColumns() {
    SessionLog log =
        SessionLog.builder()
            .add("7", "Music_p1", SessionLog.NO_TIME, "Searched", -1)
            .add("3", "Movie_Heat")
            .build();
    Path file = folder.resolve("session_events.csv");

    SessionLogs.writeMission(log, Catalogue.of(List.of(HEAT, PINE)), file);

    assertThat(file)
        .hasContent(
            TEN_COLUMNS
                + "\nMusic_p1,Pine,pop,t,7.5,\"A, B\",,Music,7,Searched"
                + "\nMovie_Heat,Heat,\"Crime, Drama\",d,79,M,12/15/1995,Movie,3,Clicked\n");
    SessionLog read = SessionLogs.read(file);
    assertThat(read.hasTimes()).isFalse();
    assertThat(SessionLogTest.describe(read)).isEqualTo(SessionLogTest.describe(log));
  }

  @Test
  void timesAndDwellFollowTheTenColumns() throws IOException {
    SessionLog log = SessionLog.builder().add("7", "Movie_Heat", 1500, "", 25).build();
    Path file = folder.resolve("session_events.csv");

    SessionLogs.writeMission(log, Catalogue.of(List.of(HEAT)), file);

    assertThat(Files.readAllLines(file).getFirst())
        .isEqualTo(TEN_COLUMNS + ",Event_Time,Dwell_Millis");
    assertThat(SessionLogTest.describe(SessionLogs.read(file)))
        .containsExactly("7: Movie_Heat@1500 Clicked 25");
  }

  @Test
  void anItemThatTheCatalogueLacksIsRefused() {
    SessionLog log = SessionLog.builder().add("7", "Movie_None").build();

    assertThatThrownBy(() ->
            SessionLogs.writeMission(
                log, Catalogue.of(List.of(HEAT)), folder.resolve("events.csv")))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "write: an item is not in the catalogue, expected all of them, got \"Movie_None\"");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void textHoldsOneSessionALine() {
    SessionLog log = SessionLog.builder().add("a", "1").add("b", "2").add("a", "3").build();
    Path file = folder.resolve("log.txt");

    SessionLogs.write(log, file);

    assertThat(file).hasContent("1 3\n2\n");
    assertThat(SessionLogTest.items(SessionLogs.read(file), 0)).containsExactly("1", "3");
  }

  @Test
  void idsThatWouldNotComeBackAreRefused() {
    SessionLog spaced = SessionLog.builder().add("a", "Movie_Creed III").build();
    SessionLog padded = SessionLog.builder().add("a ", "x").build();

    assertThatThrownBy(() -> SessionLogs.write(spaced, folder.resolve("log.txt")))
        .isInstanceOf(DataException.class)
        .hasMessageEndingWith("got \"Movie_Creed III\"");
    assertThatThrownBy(() -> SessionLogs.write(padded, folder.resolve("log.csv")))
        .isInstanceOf(DataException.class)
        .hasMessageEndingWith("got \"a \"");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aFileThatCannotBeWrittenIsOneClearLine() throws IOException {
    Path blocked = Files.writeString(folder.resolve("file"), "x");
    SessionLog log = SessionLog.builder().add("a", "x").build();

    assertThatThrownBy(() -> SessionLogs.write(log, blocked.resolve("log.csv")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("cannot be written");
  }

  @Property(tries = 300)
  void whatIsWrittenIsReadBack(
      @ForAll("events") List<Event> events, @ForAll boolean isTimed, @ForAll("names") String ending)
      throws IOException {
    SessionLog.Builder builder = SessionLog.builder();
    for (Event event : events) {
      long time = isTimed ? event.time : SessionLog.NO_TIME;
      builder.add(event.session, event.item, time, event.action, event.dwell);
    }
    SessionLog log = builder.build();
    Path file = Files.createTempFile("log", ending);
    try {
      SessionLogs.write(log, file);
      assertThat(SessionLogTest.describe(SessionLogs.read(file)))
          .isEqualTo(SessionLogTest.describe(log));
    } finally {
      Files.delete(file);
    }
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.of(
        ".csv", ".tsv", ".jsonl", ".parquet", ".csv.gz", ".tsv.zst", ".jsonl.gz", ".PARQUET");
  }

  @Provide
  Arbitrary<List<Event>> events() {
    Arbitrary<String> id =
        Arbitraries.strings()
            .withChars(",\"\n\r\t ;'|\\é漢")
            .withCharRange('a', 'c')
            .ofMinLength(1)
            .ofMaxLength(5)
            .filter(text -> !text.isBlank() && text.strip().equals(text));
    return Combinators.combine(
            id,
            id,
            Arbitraries.longs().between(-5_000_000_000_000L, 5_000_000_000_000L),
            Arbitraries.of("", "Searched", "Clicked", "add, to cart"),
            Arbitraries.integers().between(-1, Integer.MAX_VALUE))
        .as(Event::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(20);
  }
}
