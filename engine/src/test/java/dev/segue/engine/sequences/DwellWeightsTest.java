package dev.segue.engine.sequences;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.segue.data.SessionLog;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DwellWeightsTest {
  private static final int[] DWELLS = {7_000, 60_000, 1_000, -1, 30_000, 200};

  /// Items are numbered through the log: a number tells the event.
  private static Sequences sequences(int maxLength) {
    SessionLog.Builder builder = SessionLog.builder();
    for (int i = 0; i < DWELLS.length; i++) {
      builder.add(i < 4 ? "a" : "b", "i" + i, i, "Clicked", DWELLS[i]);
    }
    SessionLog log = builder.build();
    return Sequences.of(log, log.items(), maxLength);
  }

  @Test
  void longerTimesCountMoreWithinBounds() {
    assertThat(DwellWeights.of(-1)).isEqualTo(1);
    assertThat(DwellWeights.of(30_000)).isCloseTo(1, within(1e-12));
    assertThat(DwellWeights.of(6_000)).isCloseTo(Math.log(7) / Math.log(31), within(1e-12));
    assertThat(DwellWeights.of(0)).isEqualTo(0.1);
    assertThat(DwellWeights.of(Long.MAX_VALUE)).isEqualTo(2);
  }

  /// The weight of a row is that of its target, not of its input, in either kind of batch.
  @Test
  void rowsWeighWhatTheirTargetsWere() {
    Sequences weighted = sequences(50).weighted(2);
    Map<Integer, Float> packed = weights(BatchPlan.inOrder(weighted, 2));
    assertThat(packed).hasSize(4);
    double mean = (g(1) + g(2) + g(3) + g(5)) / 4;
    for (int event : new int[] {1, 2, 3, 5}) {
      double weight = packed.getOrDefault(event, 0f);
      assertThat(weight).isCloseTo(g(event) / mean, within(1e-6));
    }
    Sequences whole = sequences(Integer.MAX_VALUE - 1).weighted(2);
    assertThat(weights(SessionParallelPlan.inOrder(whole, 2))).isEqualTo(packed);
    assertThat(weights(BatchPlan.inOrder(sequences(1).weighted(2), 1))).isEqualTo(packed);
  }

  private static double g(int event) {
    return Math.pow(DwellWeights.of(DWELLS[event]), 2);
  }

  private static Map<Integer, Float> weights(Batches plan) {
    Map<Integer, Float> weights = new HashMap<>();
    for (int number = 0; number < plan.batches(); number++) {
      Batch batch = plan.batch(number);
      for (int row = 0; row < batch.size(); row++) {
        weights.put(batch.targets()[row], batch.weights()[row]);
      }
    }
    return weights;
  }

  @Test
  void withoutAnExponentThereAreNone() {
    assertThat(sequences(50).pack(new int[] {0, 1}).weights()).isEmpty();
    assertThat(sequences(50).weighted(0).pack(new int[] {0, 1}).weights()).isEmpty();
  }
}
