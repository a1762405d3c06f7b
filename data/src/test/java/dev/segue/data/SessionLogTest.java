package dev.segue.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SessionLogTest {

  @Test
  void groupsEventsBySessionAndSortsThemByTime() {
    SessionLog log =
        SessionLog.builder()
            .add("late", "x", 500, "", -1)
            .add("early", "y", 300, "Searched", 10)
            .add("late", "z", 400, "Scrolled", -1)
            .add("early", "x", 100, "", 0)
            .build();

    assertThat(log.sessionCount()).isEqualTo(2);
    assertThat(log.eventCount()).isEqualTo(4);
    assertThat(describe(log))
        .containsExactly(
            "early: x@100 Clicked 0, y@300 Searched 10",
            "late: z@400 Scrolled -1, x@500 Clicked -1");
  }

  @Test
  void eventsOfOneTimeKeepTheOrderInWhichTheyCame() {
    SessionLog log =
        SessionLog.builder()
            .add("s", "c", 7, "", -1)
            .add("s", "a", 7, "", -1)
            .add("s", "b", 7, "", -1)
            .add("s", "first", 6, "", -1)
            .build();

    assertThat(items(log, 0)).containsExactly("first", "c", "a", "b");
  }

  @Test
  void sessionsOfOneStartKeepTheOrderInWhichTheyCame() {
    SessionLog log =
        SessionLog.builder()
            .add("2", "a", 7, "", -1)
            .add("1", "a", 7, "", -1)
            .add("3", "a", 6, "", -1)
            .build();

    assertThat(IntStream.range(0, 3).mapToObj(log::sessionId)).containsExactly("3", "2", "1");
  }

  @Test
  void aLogWithoutTimesKeepsTheOrderOfTheFile() {
    SessionLog log =
        SessionLog.builder().add("b", "x").add("a", "y").add("b", "w").add("a", "x").build();

    assertThat(log.hasTimes()).isFalse();
    assertThat(log.hasDwell()).isFalse();
    assertThat(log.timeMillis(0)).isZero();
    assertThat(describe(log))
        .containsExactly("b: x@0 Clicked -1, w@0 Clicked -1", "a: y@0 Clicked -1, x@0 Clicked -1");
    assertThat(log.items().ids()).containsExactly("x", "y", "w");
  }

  @Test
  void longSessionsAreSortedToo() {
    SessionLog.Builder builder = SessionLog.builder();
    int events = 100_000;
    for (int i = 0; i < events; i++) {
      int time = (int) (i * 7919L % events);
      builder.add("s", "item" + time % 1000, time, "", -1);
    }
    SessionLog log = builder.build();

    assertThat(IntStream.range(0, events)).allMatch(e -> log.timeMillis(e) == e);
    assertThat(log.items().id(log.item(1234))).isEqualTo("item234");
  }

  @Test
  void selectKeepsEverythingOfTheSessionsInTheOrderGiven() {
    SessionLog log =
        SessionLog.builder()
            .add("a", "x", 1, "Searched", 5)
            .add("b", "y", 2, "", -1)
            .add("b", "x", 3, "", 7)
            .add("c", "z", 4, "Scrolled", -1)
            .build();

    SessionLog some = log.select(new int[] {2, 1});

    assertThat(describe(some))
        .containsExactly("c: z@4 Scrolled -1", "b: y@2 Clicked -1, x@3 Clicked 7");
    assertThat(some.items()).isSameAs(log.items());
    assertThat(log.select(new int[0]).sessionCount()).isZero();
  }

  @Test
  void aVocabularyFixedBeforeKeepsItsNumbersAndNewItemsFollow() {
    SessionLog log =
        SessionLog.builder(Vocabulary.of(List.of("a", "b"))).add("s", "new").add("s", "b").build();

    assertThat(log.items().ids()).containsExactly("a", "b", "new");
    assertThat(log.item(0)).isEqualTo(2);
    assertThat(log.item(1)).isEqualTo(1);
  }

  @Test
  void sessionIdsOfAnyScriptSurvive() {
    SessionLog.Builder builder = SessionLog.builder();
    for (int i = 0; i < 5000; i++) {
      builder.add("сессия-" + i + "-😀", "item");
    }
    SessionLog log = builder.build();

    assertThat(log.sessionCount()).isEqualTo(5000);
    assertThat(log.sessionId(4321)).isEqualTo("сессия-4321-😀");
  }

  @Test
  void mixedTimesAreRefused() {
    SessionLog.Builder builder = SessionLog.builder().add("s", "a").add("s", "b", 5, "", -1);

    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("build: times are mixed, expected all events with a time or none, got 1 of 2");
  }

  @Test
  void moreActionsThanCodesAreRefused() {
    SessionLog.Builder builder = SessionLog.builder();
    for (int i = 0; i < 255; i++) {
      builder.add("s", "a", 1, "action" + i, -1);
    }

    assertThatThrownBy(() -> builder.add("s", "a", 1, "one more", -1))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("one more");
    SessionLog log = builder.build();
    assertThat(log.action(254)).isEqualTo("action254");
  }

  @Test
  void aBuilderBuildsOnce() {
    SessionLog.Builder builder = SessionLog.builder().add("s", "a");
    builder.build();

    assertThatThrownBy(() -> builder.add("s", "b")).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(builder::build).isInstanceOf(IllegalStateException.class);
  }

  static List<String> describe(SessionLog log) {
    return IntStream.range(0, log.sessionCount())
        .mapToObj(s -> log.sessionId(s) + ": " + String.join(", ", events(log, s)))
        .toList();
  }

  static List<String> items(SessionLog log, int session) {
    return IntStream.range(log.start(session), log.end(session))
        .mapToObj(e -> log.items().id(log.item(e)))
        .toList();
  }

  private static List<String> events(SessionLog log, int session) {
    return IntStream.range(log.start(session), log.end(session))
        .mapToObj(e ->
            "%s@%d %s %d"
                .formatted(
                    log.items().id(log.item(e)),
                    log.timeMillis(e),
                    log.action(e),
                    log.dwellMillis(e)))
        .toList();
  }
}
