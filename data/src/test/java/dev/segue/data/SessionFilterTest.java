package dev.segue.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SessionFilterTest {

  @Test
  void filteringRepeatsUntilNothingChanges() {
    // "rare" goes, which shortens s3, which makes "b" rare, which shortens s2.
    SessionLog log = log("a a", "a b", "b rare", "a a a");

    SessionFilter.Filtered filtered = new SessionFilter(2, 2, false).apply(log);

    assertThat(SessionLogTest.describe(filtered.log()))
        .containsExactly(
            "s0: a@0 Clicked -1, a@0 Clicked -1",
            "s3: a@0 Clicked -1, a@0 Clicked -1, a@0 Clicked -1");
    assertThat(filtered.log().items().ids()).containsExactly("a");
    assertThat(filtered.steps())
        .containsExactly(
            new FilterStep("round 1: items with fewer events than 2", 1, 0, 1),
            new FilterStep("round 1: sessions of fewer events than 2", 0, 1, 1),
            new FilterStep("round 2: items with fewer events than 2", 1, 0, 1),
            new FilterStep("round 2: sessions of fewer events than 2", 0, 1, 1));
  }

  @Test
  void anItemThatFollowsItselfIsRemovedAlsoWhenWhatStoodBetweenIsGone() {
    SessionLog log = log("a a b", "a rare a b", "b a b");

    SessionFilter.Filtered filtered = new SessionFilter(2, 2, true).apply(log);

    assertThat(SessionLogTest.items(filtered.log(), 0)).containsExactly("a", "b");
    assertThat(SessionLogTest.items(filtered.log(), 1)).containsExactly("a", "b");
    assertThat(SessionLogTest.items(filtered.log(), 2)).containsExactly("b", "a", "b");
  }

  @Test
  void aSplitIsFilteredByTheSupportInTraining() {
    SessionLog log = log("a b", "a b", "new a b", "new new", "a new");
    Split split =
        new Split(
            log.select(new int[] {0, 1}), log.select(new int[] {2}), log.select(new int[] {3, 4}));

    SessionFilter.FilteredSplit filtered = new SessionFilter(2, 2, false).apply(split);

    assertThat(filtered.split().train().eventCount()).isEqualTo(4);
    assertThat(SessionLogTest.items(filtered.split().validation(), 0)).containsExactly("a", "b");
    assertThat(filtered.split().test().sessionCount()).isZero();
    assertThat(filtered.split().test().items()).isSameAs(filtered.split().train().items());
    assertThat(filtered.steps())
        .contains(new FilterStep("test: items that training lacks", 1, 0, 3));
  }

  @Test
  void nonsenseIsRefused() {
    assertThatThrownBy(() -> new SessionFilter(0, 2, true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("filter: expected a support and a length of 1 or more, got 0 and 2");
  }

  @Property
  void whatIsLeftFulfilsTheLimitsAndNothingMoreIsRemoved(
      @ForAll @Size(max = 12) List<@Size(max = 6) List<@IntRange(max = 5) Integer>> sessions,
      @ForAll @IntRange(min = 1, max = 4) int minSupport,
      @ForAll @IntRange(min = 1, max = 3) int minLength,
      @ForAll boolean removesRepeats) {
    SessionLog.Builder builder = SessionLog.builder();
    for (int s = 0; s < sessions.size(); s++) {
      for (int item : sessions.get(s)) {
        builder.add("s" + s, "i" + item);
      }
    }
    var filter = new SessionFilter(minSupport, minLength, removesRepeats);

    SessionFilter.Filtered once = filter.apply(builder.build());

    SessionLog log = once.log();
    int[] support = new EventSelection(log).support();
    assertThat(Arrays.stream(support)).allMatch(count -> count >= minSupport);
    for (int s = 0; s < log.sessionCount(); s++) {
      assertThat(log.end(s) - log.start(s)).isGreaterThanOrEqualTo(minLength);
    }
    assertThat(filter.apply(log).steps()).isEmpty();
    long removed = once.steps().stream().mapToLong(FilterStep::events).sum();
    assertThat(log.eventCount() + removed).isEqualTo(sessions.stream().mapToInt(List::size).sum());
  }

  private static SessionLog log(String... sessions) {
    SessionLog.Builder log = SessionLog.builder();
    for (int s = 0; s < sessions.length; s++) {
      for (String item : sessions[s].split(" ", -1)) {
        log.add("s" + s, item);
      }
    }
    return log.build();
  }
}
