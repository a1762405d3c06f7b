package dev.segue.engine.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PoissonWeightsTest {
  private static final int RESAMPLES = 1000;
  private static final int SESSIONS = 400;

  private final PoissonWeights weights = new PoissonWeights(42, RESAMPLES);

  @Test
  void weightsAreDistributedAsPoissonWithMeanOne() {
    double[] share = new double[20];
    double sum = 0;
    double squares = 0;
    for (int session = 0; session < SESSIONS; session++) {
      for (long weight : of(weights, session)) {
        share[(int) weight] += 1.0 / (SESSIONS * RESAMPLES);
        sum += weight;
        squares += weight * weight;
      }
    }
    double mean = sum / (SESSIONS * RESAMPLES);
    assertThat(mean).isCloseTo(1, within(0.008));
    assertThat(squares / (SESSIONS * RESAMPLES) - mean * mean).isCloseTo(1, within(0.015));
    double probability = Math.exp(-1);
    for (int weight = 0; weight < 6; weight++) {
      assertThat(share[weight]).isCloseTo(probability, within(0.004));
      probability /= weight + 1;
    }
  }

  @Test
  void sessionsAndResamplesAreNotCorrelated() {
    double neighbours = 0;
    double sessions = 0;
    for (int session = 0; session < SESSIONS; session++) {
      long[] own = of(weights, session);
      long[] next = of(weights, session + 1);
      for (int b = 0; b + 1 < RESAMPLES; b++) {
        neighbours += (own[b] - 1) * (own[b + 1] - 1);
        sessions += (own[b] - 1) * (next[b] - 1);
      }
    }
    assertThat(neighbours / (SESSIONS * RESAMPLES)).isCloseTo(0, within(0.008));
    assertThat(sessions / (SESSIONS * RESAMPLES)).isCloseTo(0, within(0.008));
  }

  @Test
  void aWeightDependsOnSeedSessionAndResampleAlone() {
    assertThat(of(new PoissonWeights(42, 7), 5)).isEqualTo(first(of(weights, 5), 7));
    assertThat(of(weights, 5)).isEqualTo(of(new PoissonWeights(42, RESAMPLES), 5));
    assertThat(of(weights, 5)).isNotEqualTo(of(new PoissonWeights(43, RESAMPLES), 5));
    assertThat(of(weights, 5)).isNotEqualTo(of(weights, 6));
  }

  private static long[] of(PoissonWeights weights, int session) {
    long[] out = new long[weights.resamples()];
    weights.of(session, out);
    return out;
  }

  private static long[] first(long[] all, int count) {
    return java.util.Arrays.copyOf(all, count);
  }
}
