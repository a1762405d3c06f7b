package dev.segue.engine.sequences;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.data.SessionLog;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SessionParallelPlanTest {
  /// Items are numbered through the log: a number tells the event.
  private static Sequences sequences(List<Integer> lengths) {
    SessionLog.Builder builder = SessionLog.builder();
    int item = 0;
    for (int session = 0; session < lengths.size(); session++) {
      for (int i = 0; i < lengths.get(session); i++) {
        builder.add("s" + session, "i" + item++);
      }
    }
    SessionLog log = builder.build();
    return Sequences.of(log, log.items(), Integer.MAX_VALUE - 1);
  }

  private static Batch.Carry carry(Batch batch) {
    return Objects.requireNonNull(batch.carry());
  }

  @Test
  void inOrderTheLastSessionsOfTheLogAreTakenLast() {
    SessionParallelPlan plan = SessionParallelPlan.inOrder(sequences(List.of(2, 2, 2, 2, 2)), 2);

    assertThat(plan.batch(0).inputs()).containsExactly(0, 2);
    assertThat(plan.batch(1).inputs()).containsExactly(4, 6);
    assertThat(plan.batch(2).inputs()).containsExactly(8);
  }

  /// Every step of every session is trained once, the tails included; a slot goes through a session
  /// in order; its state starts from zero at the session's first event and nowhere else.
  @Property(tries = 200)
  void everyStepIsTrainedOnceAndStatesResetExactlyAtSessionStarts(
      @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 1, max = 12) Integer> lengths,
      @ForAll @IntRange(min = 1, max = 9) int slots,
      @ForAll @IntRange(min = 1, max = 3) int epoch) {
    Map<Integer, Boolean> startsAfter = new HashMap<>();
    int item = 0;
    for (int length : lengths) {
      for (int i = 0; i + 1 < length; i++) {
        startsAfter.put(item + i, i == 0);
      }
      item += length;
    }
    SessionParallelPlan plan = SessionParallelPlan.shuffled(sequences(lengths), slots, 42, epoch);
    Map<Integer, Boolean> seen = new HashMap<>();
    int[] lastTargets = new int[slots];
    for (int number = 0; number < plan.batches(); number++) {
      Batch batch = plan.batch(number);
      assertThat(batch.layout().batchSizes()).containsExactly(batch.size());
      for (int i = 0; i < batch.size(); i++) {
        int slot = carry(batch).slots()[i];
        boolean starts = carry(batch).starts()[i];
        int input = batch.inputs()[i];
        assertThat(batch.targets()[i]).isEqualTo(input + 1);
        assertThat(starts || lastTargets[slot] == input).as("a slot goes on").isTrue();
        assertThat(seen.put(input, starts)).as("trained twice").isNull();
        lastTargets[slot] = batch.targets()[i];
      }
    }
    assertThat(seen).isEqualTo(startsAfter);
  }

  @Test
  void batchesAreFullUntilNoSessionIsLeftToTake() {
    SessionParallelPlan plan =
        SessionParallelPlan.shuffled(sequences(List.of(3, 3, 3, 3, 9)), 2, 42, 1);
    List<Integer> sizes = new ArrayList<>();
    for (int number = 0; number < plan.batches(); number++) {
      sizes.add(plan.batch(number).size());
    }
    assertThat(sizes).startsWith(2).isSortedAccordingTo((a, b) -> b - a);
    assertThat(sizes.stream().mapToInt(size -> size).sum()).isEqualTo(16);
  }

  @Test
  void aBatchIsTheSameWhetherThoseBeforeItWereMadeOrNot() {
    Sequences sequences = sequences(List.of(4, 2, 6, 3, 5, 2, 2));
    SessionParallelPlan walked = SessionParallelPlan.shuffled(sequences, 3, 42, 1);
    for (int number = 0; number < walked.batches(); number++) {
      Batch batch = walked.batch(number);
      Batch alone = SessionParallelPlan.shuffled(sequences, 3, 42, 1).batch(number);
      assertThat(alone.inputs()).containsExactly(batch.inputs());
      assertThat(carry(alone).slots()).containsExactly(carry(batch).slots());
      assertThat(carry(alone).starts()).containsExactly(carry(batch).starts());
    }
    assertThat(SessionParallelPlan.shuffled(sequences, 3, 42, 2).batch(0).inputs())
        .isNotEqualTo(walked.batch(0).inputs());
  }
}
