package dev.segue.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.data.LogImport.Imported;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Times are hours and minutes of one day.
class LogImportTest {
  private static final SessionFilter KEEP_ALL = new SessionFilter(1, 1, false);

  @TempDir Path folder;

  @Test
  void aPauseLongerThanTheGapStartsANewSession() throws IOException {
    Imported imported =
        read("user,item,time", "ann,a,10:00", "ann,b,11:00", "ann,c,12:01", "bob,a,10:30");

    assertThat(sessions(imported))
        .containsExactly("ann-1: a@10:00 b@11:00", "bob-1: a@10:30", "ann-2: c@12:01");
    assertThat(imported.report().counts()).containsEntry("sessions before filtering", 3L);
  }

  @Test
  void aFileThatIsNotInOrderOfTimeIsSorted() throws IOException {
    Imported imported = read("user,item,time", "ann,c,10:02", "ann,a,10:00", "ann,b,10:01");

    assertThat(sessions(imported)).containsExactly("ann-1: a@10:00 b@10:01 c@10:02");
  }

  @Test
  void sessionsKeepTheirIdsAndPausesUnlessAGapIsGiven() throws IOException {
    String[] rows = {
      "session,user,item,time", "s1,ann,a,10:00", "s1,ann,b,15:00", "s2,ann,c,15:01"
    };

    assertThat(sessions(read(rows))).containsExactly("s1: a@10:00 b@15:00", "s2: c@15:01");
    assertThat(sessions(read(settings(Duration.ofHours(1), false, 0, KEEP_ALL), rows)))
        .containsExactly("s1-1: a@10:00", "s1-2: b@15:00", "s2-1: c@15:01");
  }

  @Test
  void aUserThatTheCallerNamesCountsMoreThanASessionThatIsFound() throws IOException {
    ImportSettings byUser = with(ColumnMapping.parse("user=who"), Map.of());

    assertThat(sessions(read(byUser, "session,who,item,time", "s1,ann,a,10:00", "s2,ann,b,10:01")))
        .containsExactly("ann-1: a@10:00 b@10:01");
  }

  @Test
  void exactDuplicatesAreRemovedAndCountedWhereverTheyStand() throws IOException {
    Imported imported =
        read(
            "user,item,time,action",
            "ann,a,10:00,view",
            "ann,b,10:00,view",
            "ann,a,10:00,buy",
            "bob,a,10:00,view",
            "ann,a,10:00,view",
            "ann,a,10:01,view");

    assertThat(imported.report().steps())
        .containsExactly(new FilterStep("exact duplicates of an event", 0, 0, 1));
    assertThat(sessions(imported))
        .containsExactly("ann-1: a@10:00 b@10:00 a@10:00 a@10:01", "bob-1: a@10:00");
  }

  @Test
  void withoutTimesARepeatedRowIsNoDuplicate() throws IOException {
    Imported imported = read("session,item", "s,a", "s,a");

    assertThat(imported.log().eventCount()).isEqualTo(2);
  }

  @Test
  void rowsThatMissSomethingAreSetAsideWithTheirReason() throws IOException {
    List<RejectedRow> rejected = new ArrayList<>();
    Path file =
        file("user,item,time", "ann,a,10:00", ",a,10:00", "ann,,10:00", "ann,a,", "ann,a,soon");

    Imported imported = LogImport.read(file, settings(null, false, 0, KEEP_ALL), rejected::add);

    assertThat(rejected)
        .extracting(row -> row.line() + " " + row.column() + " " + row.problem())
        .containsExactly(
            "3 user is empty", "4 item is empty", "5 time time is missing", "6 time not a time");
    assertThat(imported.rejected().count()).isEqualTo(4);
    assertThat(imported.report().rows()).isEqualTo(5);
    assertThat(imported.report().steps())
        .contains(new FilterStep("user: is empty", 0, 0, 1))
        .contains(new FilterStep("time: not a time", 0, 0, 1));
  }

  @Test
  void timesBefore1990AndAfterTomorrowAreSetAside() throws IOException {
    String future = Instant.now().plus(Duration.ofDays(2)).toString();
    String nextHours = Instant.now().plus(Duration.ofHours(20)).toString();
    Imported imported =
        read(
            "user,item,time",
            "ann,a,1989-12-31T23:59:59Z",
            "ann,b,1990-01-01T00:00:00Z",
            "ann,c," + nextHours,
            "ann,d," + future);

    assertThat(imported.log().items().ids()).containsExactly("b", "c");
    assertThat(imported.rejected().countByReason())
        .containsExactly(
            Map.entry("time: time is before 1990", 1L),
            Map.entry("time: time is later than tomorrow", 1L));
  }

  @Test
  void aWrongFirstTimeDoesNotDecideTheUnitOfTheColumn() throws IOException {
    Imported imported =
        read("user,item,time", "ann,a,86400", "ann,b,1700000000000", "ann,c,1700000001000");

    assertThat(imported.log().items().ids()).containsExactly("b", "c");
    assertThat(imported.log().timeMillis(1)).isEqualTo(1_700_000_001_000L);
    assertThat(imported.rejected().countByReason()).containsOnlyKeys("time: time is before 1990");
  }

  @Test
  void inAnOrderedFileAClockThatGoesBackIsHeldAndCounted() throws IOException {
    String[] rows = {"user,item,time", "ann,a,10:00", "bob,x,09:00", "ann,b,09:30", "ann,c,10:01"};

    Imported ordered = read(settings(null, true, 0, KEEP_ALL), rows);

    assertThat(sessions(ordered))
        .containsExactly("bob-1: x@09:00", "ann-1: a@10:00 b@10:00 c@10:01");
    assertThat(ordered.report().counts())
        .containsEntry("times that went back, set to the one before", 1L);
    assertThat(sessions(read(rows)))
        .containsExactly("bob-1: x@09:00", "ann-1: b@09:30 a@10:00 c@10:01");
  }

  @Test
  void dwellIsDerivedFromTheNextEventUpToTheCap() throws IOException {
    SessionLog log =
        read("user,item,time", "ann,a,10:00", "ann,b,10:01", "ann,c,10:45", "ann,d,12:00").log();

    assertThat(List.of(log.dwellMillis(0), log.dwellMillis(1), log.dwellMillis(2)))
        .containsExactly(60_000, 30 * 60_000, -1);
    assertThat(log.dwellMillis(3)).isEqualTo(-1);
  }

  @Test
  void givenDwellIsKeptAndNotDerived() throws IOException {
    SessionLog log =
        read("user,item,time,dwell_seconds", "ann,a,10:00,7", "ann,b,10:01,", "ann,c,10:02,3")
            .log();

    assertThat(List.of(log.dwellMillis(0), log.dwellMillis(1), log.dwellMillis(2)))
        .containsExactly(7000, -1, 3000);
  }

  @Test
  void aRepeatGivesItsDwellToTheEventThatStays() throws IOException {
    Imported given =
        read(
            settings(null, false, 0, new SessionFilter(1, 1, true)),
            "user,item,time,dwell_seconds",
            "ann,a,10:00,7",
            "ann,a,10:01,5",
            "ann,b,10:02,3");
    Imported derived =
        read(
            settings(null, false, 0, new SessionFilter(1, 1, true)),
            "user,item,time",
            "ann,a,10:00",
            "ann,a,10:01",
            "ann,b,10:02");

    assertThat(given.log().dwellMillis(0)).isEqualTo(12_000);
    assertThat(derived.log().dwellMillis(0)).isEqualTo(120_000);
    assertThat(derived.report().steps())
        .containsExactly(new FilterStep("an item that follows itself", 0, 0, 1));
  }

  @Test
  void actionsAreRenamedAndThoseWithoutANameLeftOut() throws IOException {
    ImportSettings settings = with(ColumnMapping.none(), Map.of("view", "Clicked", "shown", ""));

    Imported imported =
        read(
            settings,
            "user,item,time,event",
            "ann,a,10:00,view",
            "ann,b,10:01,shown",
            "ann,c,10:02,buy",
            "ann,d,10:03,");

    SessionLog log = imported.log();
    assertThat(List.of(log.action(0), log.action(1), log.action(2)))
        .containsExactly("Clicked", "buy", "Clicked");
    assertThat(imported.report().steps())
        .containsExactly(new FilterStep("actions left out", 0, 0, 1));
  }

  @Test
  void aSessionOfAHundredThousandEventsIsKeptUnlessALimitIsGiven() throws IOException {
    List<String> rows = new ArrayList<>(List.of("user,item,time"));
    Instant start = Instant.parse("2024-01-01T00:00:00Z");
    for (int i = 0; i < 100_000; i++) {
      rows.add("robot,i" + i % 50 + "," + start.plusSeconds(99_999 - i));
    }
    rows.add("ann,i1,2024-01-01T00:00:00Z");
    String[] all = rows.toArray(String[]::new);

    assertThat(read(all).log().eventCount()).isEqualTo(100_001);
    Imported limited = read(settings(null, false, 1000, KEEP_ALL), all);
    assertThat(sessions(limited)).containsExactly("ann-1: i1@00:00");
    assertThat(limited.report().steps())
        .containsExactly(new FilterStep("sessions of more events than 1000", 0, 1, 100_000));
  }

  @Test
  void aHundredThousandEventsOfOneTimeAreCheckedForDuplicatesInOneSort() throws IOException {
    List<String> rows = new ArrayList<>(List.of("user,item,time"));
    for (int i = 0; i < 100_000; i++) {
      rows.add("robot,i" + i % 60_000 + ",2024-01-01");
    }

    assertThat(read(rows.toArray(String[]::new)).log().eventCount()).isEqualTo(60_000);
  }

  @Test
  void rareItemsAndShortSessionsAreFilteredUntilStable() throws IOException {
    Imported imported =
        read(
            settings(null, false, 0, new SessionFilter(2, 2, false)),
            "session,item",
            "s1,a",
            "s1,b",
            "s2,a",
            "s2,b",
            "s3,a",
            "s3,rare");

    assertThat(imported.log().sessionCount()).isEqualTo(2);
    assertThat(imported.report().steps())
        .extracting(FilterStep::name)
        .containsExactly(
            "round 1: items with fewer events than 2", "round 1: sessions of fewer events than 2");
  }

  @Test
  void oneSessionALineHasNoTimesAndNothingIsLost() throws IOException {
    Imported imported = read("a b c", "d e");

    assertThat(imported.report().rows()).isEqualTo(5);
    assertThat(imported.log().hasTimes()).isFalse();
    assertThat(imported.log().sessionCount()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"raw.csv", "raw.tsv.gz", "raw.csv.zst", "raw.jsonl", "raw.jsonl.zst"})
  void everyFormatThatLogsAreWrittenInIsImported(String name) throws IOException {
    Imported first = read("user,item,time", "ann,a,10:00", "ann,b,10:01", "bob,a,10:00");
    Path file = folder.resolve(name);
    SessionLogs.write(first.log(), file);

    Imported second = LogImport.read(file, settings(null, false, 0, KEEP_ALL), row -> {});

    assertThat(sessions(second)).isEqualTo(sessions(first));
  }

  @Test
  void parquetIsImported() {
    Path file = Path.of("src/test/resources/dev/segue/data/events.parquet");

    SessionLog log = LogImport.read(file, settings(null, false, 0, KEEP_ALL), row -> {}).log();

    assertThat(SessionLogTest.describe(log))
        .containsExactly(
            "7: a@1396860669277 Clicked 1500, b@1396860670277 Clicked -1",
            "8: a@1396860669277 Clicked 20");
  }

  @Test
  void whatIsMissingIsSaidInOneLine() throws IOException {
    assertThatThrownBy(() -> read("item,time", "a,10:00"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("session or user: no such column, expected one of them");
    assertThatThrownBy(() -> read("user,item", "ann,a"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("time: no such column, expected one to find the pauses");
    assertThatThrownBy(() -> read("user,item,time", "ann,a,soon"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("no event that can be used, expected at least one, got 1 rows")
        .hasMessageContaining("log.csv:2: time: not a time: \"soon\"");
  }

  @Test
  void theReportIsJsonThatAddsUp() throws IOException {
    Imported imported = read("user,item,time", "ann,a,10:00", "ann,a,10:00", "ann,a,");

    assertThat(imported.report().with("items \"new\"", 2).toJson())
        .isEqualTo(
            """
            {
              "rows": 3,
              "removed": [
                {"step": "time: time is missing", "events": 1, "items": 0, "sessions": 0},
                {"step": "exact duplicates of an event", "events": 1, "items": 0, "sessions": 0}
              ],
              "counted": {
                "sessions before filtering": 1,
                "items \\"new\\"": 2
              },
              "kept": {"events": 1, "items": 1, "sessions": 1}
            }
            """);
  }

  @Test
  void settingsThatMakeNoSenseAreRefused() {
    assertThatThrownBy(() -> settings(Duration.ZERO, false, 0, KEEP_ALL))
        .hasMessage("import: gap: expected more than 0 and at most 100 years, got PT0S");
    assertThatThrownBy(() -> settings(null, false, -1, KEEP_ALL))
        .hasMessage("import: longest session: expected 0 or more, got -1");
  }

  static ImportSettings settings(
      @Nullable Duration gap, boolean isOrdered, int maxLength, SessionFilter filter) {
    return new ImportSettings(
        ColumnMapping.none(), Map.of(), gap, isOrdered, Duration.ofMinutes(30), maxLength, filter);
  }

  private static ImportSettings with(ColumnMapping columns, Map<String, String> actions) {
    return new ImportSettings(columns, actions, null, false, Duration.ofMinutes(30), 0, KEEP_ALL);
  }

  private Imported read(String... rows) throws IOException {
    return read(settings(null, false, 0, KEEP_ALL), rows);
  }

  private Imported read(ImportSettings settings, String... rows) throws IOException {
    return LogImport.read(file(rows), settings, row -> {});
  }

  /// `10:00` stands for that time of a day.
  private Path file(String... rows) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String row : rows) {
      lines.add(row.replaceAll(",(\\d\\d:\\d\\d)(?=,|$)", ",2024-05-01T$1:00Z"));
    }
    return Files.write(folder.resolve("log.csv"), lines);
  }

  private static List<String> sessions(Imported imported) {
    SessionLog log = imported.log();
    List<String> sessions = new ArrayList<>();
    for (int session = 0; session < log.sessionCount(); session++) {
      var text = new StringBuilder(log.sessionId(session)).append(":");
      for (int event = log.start(session); event < log.end(session); event++) {
        String time = Instant.ofEpochMilli(log.timeMillis(event)).toString().substring(11, 16);
        text.append(' ').append(log.items().id(log.item(event))).append('@').append(time);
      }
      sessions.add(text.toString());
    }
    return sessions;
  }
}
