package dev.segue.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is made of a mapped log is what is made of the same log in the heap.
class MappedLogTest {
  @TempDir Path folder;

  record Event(String session, String item, long time, String action, int dwell) {}

  @Property(tries = 300)
  void whatIsWrittenIsReadBack(@ForAll("logs") SessionLog log) {
    SessionLog mapped = mapped(log);

    assertThat(mapped.isMapped()).isTrue();
    assertSame(mapped, log);
    assertThat(mapped.items().ids()).isEqualTo(log.items().ids());
    assertThat(mapped.actions()).isEqualTo(log.actions());
  }

  @Property(tries = 200)
  void partsAndSelectionsAreThoseOfTheHeap(
      @ForAll("logs") SessionLog log, @ForAll @DoubleRange(max = 0.4) double share) {
    SessionLog mapped = mapped(log);
    Split split = TimeSplit.byShare(mapped, share, share);
    Split expected = TimeSplit.byShare(log, share, share);
    TimeSplit.checkNoLeak(split);

    assertSame(split.train(), expected.train());
    assertSame(split.validation(), expected.validation());
    assertSame(split.test(), expected.test());
    assertThat(split.test().isMapped()).isTrue();
    int[] backwards =
        IntStream.range(0, split.train().sessionCount())
            .map(i -> split.train().sessionCount() - 1 - i)
            .toArray();
    assertSame(split.train().select(backwards), expected.train().select(backwards));
    // A part of a part, and of a mapped log a file again.
    int half = split.train().sessionCount() / 2;
    assertSame(mapped(split.train().slice(half, half)), expected.train().slice(half, half));
    assertSame(
        mapped(split.train().slice(half, split.train().sessionCount())),
        expected.train().slice(half, split.train().sessionCount()));
  }

  @Property(tries = 200)
  void filtersAndTiesAreThoseOfTheHeap(
      @ForAll("logs") SessionLog log,
      @ForAll @IntRange(min = 1, max = 4) int minSupport,
      @ForAll @IntRange(min = 1, max = 3) int minLength,
      @ForAll boolean removesRepeats) {
    SessionLog mapped = mapped(log);
    var filter = new SessionFilter(minSupport, minLength, removesRepeats);

    SessionFilter.Filtered filtered = filter.apply(mapped);
    SessionFilter.Filtered expected = filter.apply(log);
    assertThat(filtered.steps()).isEqualTo(expected.steps());
    assertThat(filtered.log().isMapped()).isTrue();
    assertSame(filtered.log(), expected.log());
    assertThat(filtered.log().items().ids()).isEqualTo(expected.log().items().ids());

    SessionFilter.FilteredSplit split = filter.apply(TimeSplit.byShare(mapped, 0, 0.3));
    SessionFilter.FilteredSplit inHeap = filter.apply(TimeSplit.byShare(log, 0, 0.3));
    assertThat(split.steps()).isEqualTo(inHeap.steps());
    assertSame(split.split().train(), inHeap.split().train());
    assertSame(split.split().test(), inHeap.split().test());
    assertSame(TieBreak.shuffle(mapped, 7), TieBreak.shuffle(log, 7));
  }

  @Test
  void aLogSelectedByHandIsWrittenInOrderOfStart() {
    SessionLog log =
        SessionLog.builder()
            .add("a", "x", 1, "", -1)
            .add("b", "y", 2, "", -1)
            .add("c", "z", 3, "", -1)
            .build()
            .select(new int[] {2, 0, 1});

    assertThat(SessionLogTest.describe(mapped(log)))
        .containsExactly("a: x@1 Clicked -1", "b: y@2 Clicked -1", "c: z@3 Clicked -1");
  }

  @Test
  void logsOfOtherFormatsBecomeMappedOnesAndBack() throws IOException {
    Path csv = Files.writeString(folder.resolve("a.csv"), "session,item,time\ns,x,1\ns,y,2\n");
    SessionLogs.write(SessionLogs.read(csv), folder.resolve("b.segue-log"));
    SessionLogs.write(
        SessionLogs.read(folder.resolve("b.segue-log")), folder.resolve("c.jsonl.gz"));

    assertThat(SessionLogTest.describe(SessionLogs.read(folder.resolve("c.jsonl.gz"))))
        .isEqualTo(SessionLogTest.describe(SessionLogs.read(csv)));
  }

  @Test
  void aFileThatIsReplacedLeavesTheMappedOneAsItWas() {
    Path file = folder.resolve("log.segue-log");
    SessionLogs.write(SessionLog.builder().add("a", "x").build(), file);
    SessionLog before = SessionLogs.read(file);
    SessionLogs.write(SessionLog.builder().add("b", "y").build(), file);

    assertThat(SessionLogTest.describe(before)).containsExactly("a: x@0 Clicked -1");
    assertThat(SessionLogTest.describe(SessionLogs.read(file)))
        .containsExactly("b: y@0 Clicked -1");
  }

  @Test
  void namesAndIdsThatCannotBeAreOneClearLine() {
    SessionLog log = SessionLog.builder().add("a", "half \uD83D").build();
    Path packed = folder.resolve("log.segue-log.gz");

    assertThatThrownBy(() -> SessionLogs.write(log, packed))
        .isInstanceOf(DataException.class)
        .hasMessage(
            packed
                + ": cannot be packed, since a .segue-log is mapped as it is: expected a name that"
                + " ends with .segue-log");
    assertThatThrownBy(() -> SessionLogs.write(log, folder.resolve("log.segue-log")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("an id holds half a surrogate pair");
    assertThat(folder).isEmptyDirectory();
  }

  @Provide
  Arbitrary<SessionLog> logs() {
    Arbitrary<String> id =
        Arbitraries.strings()
            .withChars(",\"\n\t é漢ש")
            .withCharRange('a', 'c')
            .ofMaxLength(3)
            .map(text -> text + (text.length() == 2 ? "😀" : ""));
    Arbitrary<String> action =
        Arbitraries.integers().between(0, 300).map(i -> i < 100 ? "" : "action" + i % 200);
    Arbitrary<List<Event>> events =
        Combinators.combine(
                id,
                id,
                Arbitraries.longs().between(-3, 12),
                action,
                Arbitraries.integers().between(-1, Integer.MAX_VALUE))
            .as(Event::new)
            .list()
            .ofMinSize(1)
            .ofMaxSize(60);
    Arbitrary<Boolean> either = Arbitraries.of(true, false);
    return Combinators.combine(events, either, either, either).as(MappedLogTest::log);
  }

  private static SessionLog log(
      List<Event> events, boolean isTimed, boolean hasActions, boolean hasDwell) {
    SessionLog.Builder builder = SessionLog.builder(Vocabulary.of(List.of("never clicked")));
    for (Event event : events) {
      builder.add(
          event.session,
          event.item,
          isTimed ? event.time : SessionLog.NO_TIME,
          hasActions ? event.action : "",
          hasDwell ? event.dwell : -1);
    }
    return builder.build();
  }

  static SessionLog mapped(SessionLog log) {
    try {
      Path file = Files.createTempFile("log", SessionLogs.EXTENSION);
      try {
        SessionLogs.write(log, file);
        return SessionLogs.read(file);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void assertSame(SessionLog actual, SessionLog expected) {
    assertThat(SessionLogTest.describe(actual)).isEqualTo(SessionLogTest.describe(expected));
    assertThat(actual.eventCount()).isEqualTo(expected.eventCount());
    assertThat(actual.hasTimes()).isEqualTo(expected.hasTimes());
    assertThat(actual.hasDwell()).isEqualTo(expected.hasDwell());
    List<Integer> starts = new ArrayList<>();
    List<Integer> expectedStarts = new ArrayList<>();
    for (int session = 0; session < actual.sessionCount(); session++) {
      starts.add(actual.start(session));
      expectedStarts.add(expected.start(session));
    }
    assertThat(starts).isEqualTo(expectedStarts);
  }
}
