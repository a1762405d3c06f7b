package dev.segue.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.data.LogImport.Imported;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class LogImportPropertyTest {
  private static final long START_SECONDS = 1_700_000_000L;

  record Event(String user, String item, int second) {}

  @Property(tries = 200)
  void sessionsAreThoseOfTheNaiveWay(
      @ForAll("events") List<Event> events, @ForAll @IntRange(min = 1, max = 60) int gapSeconds) {
    ImportSettings settings =
        LogImportTest.settings(
            Duration.ofSeconds(gapSeconds), false, 0, new SessionFilter(1, 1, false));

    assertThat(byId(imported(events, settings))).isEqualTo(naive(events, gapSeconds));
  }

  @Property(tries = 200)
  void theOrderOfRowsMakesNoDifference(
      @ForAll("events") List<Event> events,
      @ForAll Random random,
      @ForAll @IntRange(min = 1, max = 3) int minSupport,
      @ForAll boolean dropsRepeats) {
    // Which of two events of one user and second came first, only the order of the file knows.
    Map<String, Event> oneASecond = new HashMap<>();
    events.forEach(event -> oneASecond.put(event.user + event.second, event));
    List<Event> sorted = new ArrayList<>(oneASecond.values());
    sorted.sort(Comparator.comparingInt(Event::second));
    List<Event> shuffled = new ArrayList<>(sorted);
    Collections.shuffle(shuffled, random);
    ImportSettings settings =
        LogImportTest.settings(
            Duration.ofSeconds(20), false, 0, new SessionFilter(minSupport, 1, dropsRepeats));

    Imported first = imported(sorted, settings);
    Imported second = imported(shuffled, settings);

    assertThat(byId(second)).isEqualTo(byId(first));
    assertThat(second.report()).isEqualTo(first.report());
  }

  @Property(tries = 200)
  void everyRowIsKeptOrCountedAsRemoved(
      @ForAll("events") List<Event> events,
      @ForAll @IntRange(min = 1, max = 4) int minSupport,
      @ForAll @IntRange(max = 8) int maxLength,
      @ForAll boolean isOrdered,
      @ForAll boolean dropsRepeats) {
    List<Event> rows = new ArrayList<>(events);
    rows.add(new Event("", "a", 0));
    rows.add(new Event("u", "", 0));
    ImportSettings settings =
        LogImportTest.settings(
            Duration.ofSeconds(20),
            isOrdered,
            maxLength,
            new SessionFilter(minSupport, 2, dropsRepeats));

    ImportReport report = imported(rows, settings).report();

    long removed = report.steps().stream().mapToLong(FilterStep::events).sum();
    assertThat(report.rows()).isEqualTo(rows.size());
    assertThat(report.events() + removed).isEqualTo(rows.size());
  }

  @Provide
  Arbitrary<List<Event>> events() {
    return Combinators.combine(
            Arbitraries.of("u", "v", "u-1"),
            Arbitraries.of("a", "b", "c", "d"),
            Arbitraries.integers().between(0, 300))
        .as(Event::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(40);
  }

  private static Map<String, List<String>> naive(List<Event> events, int gapSeconds) {
    Map<String, List<Event>> byUser = new TreeMap<>();
    // A set drops exact duplicates and keeps the order of the file.
    Set<Event> distinct = new LinkedHashSet<>(events);
    distinct.forEach(e -> byUser.computeIfAbsent(e.user, user -> new ArrayList<>()).add(e));
    Map<String, List<String>> sessions = new TreeMap<>();
    byUser.forEach((user, visits) -> {
      visits.sort(Comparator.comparingInt(Event::second));
      int number = 0;
      int last = Integer.MIN_VALUE / 2;
      for (Event event : visits) {
        number += event.second - last > gapSeconds ? 1 : 0;
        last = event.second;
        sessions
            .computeIfAbsent(user + "-" + number, id -> new ArrayList<>())
            .add(event.item + "@" + event.second);
      }
    });
    return sessions;
  }

  private static Map<String, List<String>> byId(Imported imported) {
    SessionLog log = imported.log();
    Map<String, List<String>> sessions = new TreeMap<>();
    for (int session = 0; session < log.sessionCount(); session++) {
      List<String> items = new ArrayList<>();
      for (int event = log.start(session); event < log.end(session); event++) {
        long second = log.timeMillis(event) / 1000 - START_SECONDS;
        items.add(log.items().id(log.item(event)) + "@" + second);
      }
      sessions.put(log.sessionId(session), items);
    }
    return sessions;
  }

  private static Imported imported(List<Event> events, ImportSettings settings) {
    try {
      Path file = Files.createTempFile("log", ".csv");
      try {
        List<String> lines = new ArrayList<>(List.of("user,item,time"));
        events.forEach(
            e -> lines.add("%s,%s,%d".formatted(e.user, e.item, START_SECONDS + e.second)));
        Files.write(file, lines);
        return LogImport.read(file, settings, row -> {});
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
