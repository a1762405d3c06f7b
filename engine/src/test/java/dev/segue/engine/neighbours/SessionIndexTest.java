package dev.segue.engine.neighbours;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.data.SessionLog;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionIndexTest {
  private static final int[][] SESSIONS = {{0, 1, 2}, {1, 0, 1, 3}, {2, 3}};

  @Test
  void sessionsAreNumberedFromTheMostRecentOn() {
    SessionIndex index = Indexes.index(Indexes.daily(SESSIONS), 4, 9, 9);
    assertThat(Indexes.items(index, 0)).containsExactly(2, 3);
    assertThat(Indexes.items(index, 1)).as("in order of last occurrence").containsExactly(0, 1, 3);
    assertThat(Indexes.items(index, 2)).containsExactly(0, 1, 2);
    assertThat(index.columns().ages()).containsExactly(0, 86_400, 2 * 86_400);
    assertThat(Indexes.list(index, 0)).containsExactly(1, 2);
    assertThat(Indexes.list(index, 3)).containsExactly(0, 1);
    assertThat(index.columns().support()).containsExactly(2, 2, 2, 2);
    assertThat(index.columns().recent()).as("one of three").containsExactly(0, 0, 1, 1);
    assertThat(index.idf(0)).isEqualTo(Math.log(3 / 2.0));
  }

  @Test
  void theLastEventTellsHowRecentASessionIs() {
    SessionLog log =
        SessionLog.builder()
            .add("begun first, ended last", "0", 1_000, "", -1)
            .add("begun later", "1", 2_000, "", -1)
            .add("begun first, ended last", "2", 90_000, "", -1)
            .build();
    SessionIndex index = Indexes.index(log, 3, 9, 9);
    assertThat(Indexes.items(index, 0)).containsExactly(0, 2);
    assertThat(index.columns().ages()).containsExactly(0, 88);
  }

  @Test
  void aLogWithoutTimesSpansAHundredDaysInItsOrder() {
    SessionIndex index = Indexes.index(Indexes.untimed(SESSIONS), 4, 9, 9);
    assertThat(Indexes.items(index, 0)).containsExactly(2, 3);
    assertThat(index.columns().ages()).containsExactly(0, 50 * 86_400, 100 * 86_400);
  }

  @Test
  void aBoundKeepsTheMostRecentSessionsAndDropsThoseThatNoneLists() {
    SessionIndex index =
        Indexes.index(Indexes.daily(new int[] {0}, new int[] {0, 1}, new int[] {0}), 2, 1, 9);
    assertThat(index.keptSessions()).isEqualTo(2);
    assertThat(Indexes.list(index, 0)).containsExactly(0);
    assertThat(Indexes.list(index, 1)).containsExactly(1);
    assertThat(Indexes.items(index, 1)).as("whole, listed by one item").containsExactly(0, 1);
    assertThat(index.columns().support()).as("of the whole log").containsExactly(3, 1);
    assertThat(index.sessions()).isEqualTo(3);
  }

  @Test
  void ofALongSessionTheLastItemsAreKept() {
    int[] session = IntStream.range(0, 100_000).map(i -> i % 1000).toArray();
    SessionIndex index = Indexes.index(Indexes.daily(session, new int[] {5}), 1000, 10, 100);
    assertThat(Indexes.items(index, 1)).isEqualTo(IntStream.range(900, 1000).boxed().toList());
    assertThat(Indexes.list(index, 899)).isEmpty();
    assertThat(Indexes.list(index, 5)).as("a session of one event").containsExactly(0);
    assertThat(index.columns().support()[899]).isEqualTo(1);
  }

  @Test
  void itemsWithoutANumberAreLeftOut() {
    SessionIndex index = Indexes.index(Indexes.daily(SESSIONS), 2, 9, 9);
    assertThat(Indexes.items(index, 0)).containsExactly(0, 1);
    assertThat(index.keptSessions()).isEqualTo(2);
    assertThat(index.sessions()).isEqualTo(3);
  }

  @Test
  void eventsAreKeptWhereAnItemOccursAgain() {
    SessionIndex index = Indexes.index(Indexes.daily(SESSIONS), 4, 9, 9);
    assertThat(index.hasRepeats(0)).isFalse();
    assertThat(index.hasRepeats(1)).isTrue();
    assertThat(index.repeats().offsets()).containsExactly(0, 0, 4, 4);
    assertThat(index.repeats().events()).containsExactly(1, 0, 1, 3);
    SessionIndex known = Indexes.index(Indexes.daily(SESSIONS), 2, 9, 9);
    assertThat(known.repeats().events()).as("without the unknown one").containsExactly(1, 0, 1);
    SessionIndex bounded = Indexes.index(Indexes.daily(SESSIONS), 4, 9, 2);
    assertThat(bounded.repeats().events()).as("the last two").containsExactly(1, 3);
    assertThatThrownBy(() ->
            new SessionIndex(
                9,
                index.columns(),
                new SessionIndex.Repeats(new int[] {0, 0, 1, 1}, new int[] {4})))
        .hasMessage(
            "session index: columns do not fit each other, expected repeated items below the number"
                + " of items");
    assertThatThrownBy(() ->
            new SessionIndex(
                9, index.columns(), new SessionIndex.Repeats(new int[] {0, 0}, new int[0])))
        .hasMessage(
            "session index: columns do not fit each other, expected one offset more than repeats");
  }

  @Test
  void anEventTakesAtMostEightBytesAndTwelveWithRepeats() {
    int[][] sessions = new int[1000][];
    for (int s = 0; s < sessions.length; s++) {
      int first = s;
      sessions[s] = IntStream.range(0, 20).map(i -> (first * 7 + i * 13) % 50).toArray();
    }
    SessionIndex index = Indexes.index(Indexes.daily(sessions), 50, 100_000, 100);
    long events = 20 * 1000;
    assertThat(index.sizeInBytes())
        .isLessThanOrEqualTo(8 * events + 12 * (1000 + 1) + 12 * (50 + 1));
    SessionIndex bounded = Indexes.index(Indexes.daily(sessions), 50, 10, 100);
    assertThat(bounded.columns().lists()).hasSizeLessThanOrEqualTo(50 * 10);
    for (int[] session : sessions) {
      session[19] = session[0];
    }
    SessionIndex repeated = Indexes.index(Indexes.daily(sessions), 50, 100_000, 100);
    assertThat(repeated.sizeInBytes())
        .isLessThanOrEqualTo(12 * events + 12 * (1000 + 1) + 12 * (50 + 1));
  }

  @ParameterizedTest
  @CsvSource({
    "2, '0,1,3', '0,0,1', '0,1,2', '0,1', '0,5', 2, one offset more than lists",
    "2, '0,2,2', '0,0', '0,1,2', '0,1', '0,5', 2, lists of ascending sessions",
    "2, '0,1,2', '0,2', '0,1,2', '0,1', '0,5', 2, lists of ascending sessions",
    "2, '0,1,2', '0,1', '0,1,2', '0,2', '0,5', 2, items below the number of items",
    "2, '0,1,2', '0,1', '0,1,2', '0,-1', '0,5', 2, items below the number of items",
    "2, '0,1,2', '0,1', '0,1,2', '0,1', '5,0', 2, ascending ages",
    "2, '0,1,2', '0,1', '0,1,3', '0,1', '0,5', 2, offsets that cover the sessions",
    "2, '0,3,2', '0,1', '0,1,2', '0,1', '0,5', 2, ascending offsets of lists",
    "1, '0,2,2', '0,1', '0,1,2', '0,1', '0,5', 2, no list longer than the bound",
    "2, '0,1,2', '0,1', '0,1,2', '0,1', '0,5', 1, all sessions are at least the kept ones",
    "0, '0,1,2', '0,1', '0,1,2', '0,1', '0,5', 2, the bound is at least 1",
  })
  void columnsThatDoNotFitAreRefused(
      int bound,
      String listOffsets,
      String lists,
      String sessionOffsets,
      String items,
      String ages,
      int sessions,
      String expected) {
    SessionIndex.Columns columns =
        new SessionIndex.Columns(
            ints(listOffsets),
            ints(lists),
            ints(sessionOffsets),
            ints(items),
            ints(ages),
            expected.startsWith("one offset") ? new int[3] : new int[2],
            expected.startsWith("one offset") ? new int[3] : new int[2],
            new int[] {sessions});
    assertThatThrownBy(() -> new SessionIndex(bound, columns))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("session index: columns do not fit each other, expected " + expected);
  }

  private static int[] ints(String text) {
    return Arrays.stream(text.split(",", -1)).mapToInt(Integer::parseInt).toArray();
  }
}
