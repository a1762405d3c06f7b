package dev.segue.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TimeSplitTest {
  private static final long DAY = 86_400_000L;

  @Test
  void theLastSessionsByStartAreTheTest() {
    Split split = TimeSplit.byShare(logOfStarts(50, 10, 30, 20, 40, 60, 70, 80, 90, 100), 0.2, 0.3);

    assertThat(ids(split.train())).containsExactly("1", "3", "2", "4", "0");
    assertThat(ids(split.validation())).containsExactly("5", "6");
    assertThat(ids(split.test())).containsExactly("7", "8", "9");
    TimeSplit.checkNoLeak(split);
  }

  @Test
  void aLogWithoutTimesIsSplitByItsOrder() {
    SessionLog log = SessionLog.builder().add("c", "x").add("a", "x").add("b", "x").build();

    Split split = TimeSplit.byShare(log, 0, 0.34);

    assertThat(ids(split.train())).containsExactly("c", "a");
    assertThat(split.validation().sessionCount()).isZero();
    assertThat(ids(split.test())).containsExactly("b");
    TimeSplit.checkNoLeak(split);
  }

  @Test
  void theLastDaysAreTheTestAndAsManyBeforeAreTheValidation() {
    SessionLog log = logOfStarts(0, 5 * DAY, 8 * DAY + 1, 9 * DAY, 9 * DAY + 1, 10 * DAY);

    Split split = TimeSplit.byLastDays(log, 1, 1);

    assertThat(ids(split.train())).containsExactly("0", "1");
    assertThat(ids(split.validation())).containsExactly("2", "3");
    assertThat(ids(split.test())).containsExactly("4", "5");
    TimeSplit.checkNoLeak(split);
  }

  @Test
  void daysThatLeaveNothingToTrainOnAreRefused() {
    assertThatThrownBy(() -> TimeSplit.byLastDays(logOfStarts(0, DAY), 1, 1))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "byLastDays: nothing is left to train on, expected a log of more than 2.0 days, got"
                + " 1.0");
    assertThatThrownBy(() -> TimeSplit.byLastDays(SessionLog.builder().add("s", "a").build(), 1, 1))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("no times");
  }

  @Test
  void sharesThatAreNoneAreRefused() {
    SessionLog log = logOfStarts(1, 2, 3);

    assertThatThrownBy(() -> TimeSplit.byShare(log, -0.1, 0.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("byShare: validationShare is no share, expected 0 to below 1, got -0.1");
    assertThatThrownBy(() -> TimeSplit.byShare(log, 0.5, 0.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nothing is left to train on");
  }

  @Test
  void aSessionInTwoPartsIsALeak() {
    SessionLog log = logOfStarts(1, 2, 3);
    var split =
        new Split(
            log.select(new int[] {0, 1}), log.select(new int[0]), log.select(new int[] {1, 2}));

    assertThatThrownBy(() -> TimeSplit.checkNoLeak(split))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "split: a session is in two parts, expected each in one, got \"1\" again in test");
  }

  @Test
  void aTestSessionBeforeTheEndOfTrainingIsALeak() {
    SessionLog log = logOfStarts(1, 2, 3);
    var split =
        new Split(log.select(new int[] {0, 2}), log.select(new int[0]), log.select(new int[] {1}));

    assertThatThrownBy(() -> TimeSplit.checkNoLeak(split))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "split: test holds a session that starts before the end of train: \"1\" at 2, \"2\" at"
                + " 3");
  }

  @Property
  void splitsNeverLeakAndLoseNothing(
      @ForAll @Size(min = 1, max = 60) List<@IntRange(max = 20) Integer> starts,
      @ForAll @DoubleRange(max = 0.49) double validation,
      @ForAll @DoubleRange(max = 0.49) double test) {
    SessionLog log = logOfStarts(starts.stream().mapToLong(Integer::longValue).toArray());

    Split split = TimeSplit.byShare(log, validation, test);

    TimeSplit.checkNoLeak(split);
    assertThat(split.train().sessionCount()).isPositive();
    List<String> all = new ArrayList<>(ids(split.train()));
    all.addAll(ids(split.validation()));
    all.addAll(ids(split.test()));
    assertThat(all).containsExactlyElementsOf(ids(log));
  }

  private static SessionLog logOfStarts(long... starts) {
    SessionLog.Builder log = SessionLog.builder();
    for (int s = 0; s < starts.length; s++) {
      log.add("" + s, "a", starts[s], "", -1).add("" + s, "b", starts[s] + 1000, "", -1);
    }
    return log.build();
  }

  private static List<String> ids(SessionLog log) {
    return IntStream.range(0, log.sessionCount()).mapToObj(log::sessionId).toList();
  }
}
