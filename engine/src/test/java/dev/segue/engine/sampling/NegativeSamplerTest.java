package dev.segue.engine.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.segue.engine.network.SampledColumns;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NegativeSamplerTest {
  private static final int[] SUPPORT = {1, 4, 16, 100, 9};

  private static NegativeSampler sampler(int count, double alpha, double uniform, double logq) {
    return new NegativeSampler(
        SUPPORT, new NegativeSampler.Settings(count, alpha, uniform, logq), 42);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "0.5, 0", "1, 0", "0.5, 0.3", "2, 0.9"})
  void negativesAreDrawnBySupportToTheAlphaAndUniformly(double alpha, double uniform) {
    NegativeSampler sampler = sampler(1000, alpha, uniform, 1);
    int[] counts = new int[SUPPORT.length];
    int steps = 200;
    for (int step = 1; step <= steps; step++) {
      for (int item : sampler.columns(new int[0], step).items()) {
        counts[item]++;
      }
    }
    double total = 0;
    for (int support : SUPPORT) {
      total += Math.pow(support, alpha);
    }
    double draws = 1000.0 * steps;
    for (int i = 0; i < SUPPORT.length; i++) {
      double expected = (1 - uniform) * Math.pow(SUPPORT[i], alpha) / total + uniform / 5;
      assertThat(sampler.probability(i)).isCloseTo(expected, within(1e-12));
      // Five standard deviations of a binomial share.
      double bound = 5 * Math.sqrt(expected * (1 - expected) / draws);
      assertThat(counts[i] / draws).isCloseTo(expected, within(bound));
    }
  }

  @Test
  void targetsComeFirstAndNegativesFollow() {
    SampledColumns columns = sampler(7, 0.5, 0, 1).columns(new int[] {3, 0, 3}, 1);
    assertThat(columns.items()).hasSize(10).startsWith(3, 0, 3);
    assertThat(sampler(0, 0.5, 0, 1).columns(new int[] {3, 0, 3}, 1).items())
        .containsExactly(3, 0, 3);
  }

  @Test
  void drawsDependOnSeedAndStepAlone() {
    NegativeSampler sampler = sampler(50, 0.5, 0, 1);
    int[] first = sampler.columns(new int[] {1}, 1).items();
    int[] second = sampler.columns(new int[] {1}, 2).items();
    assertThat(second).isNotEqualTo(first);
    assertThat(sampler.columns(new int[] {1}, 1).items()).isEqualTo(first);
    var settings = new NegativeSampler.Settings(50, 0.5, 0, 1);
    assertThat(new NegativeSampler(SUPPORT, settings, 43).columns(new int[] {1}, 1).items())
        .isNotEqualTo(first);
  }

  /// An item has one correction, whether it stands as a target or as a negative: the log of how
  /// often it is expected among all columns.
  @Test
  void correctionsAreLogsOfExpectedCountsOnEveryColumn() {
    SampledColumns columns = sampler(100, 1, 0, 1).columns(new int[] {3, 0}, 1);
    for (int j = 0; j < columns.items().length; j++) {
      double share = SUPPORT[columns.items()[j]] / 130.0;
      double expected = Math.log(2 * share + 100 * share);
      assertThat((double) columns.corrections()[j]).isCloseTo(expected, within(1e-6));
    }
    SampledColumns uniform = sampler(100, 0, 0, 0.5).columns(new int[] {3, 0}, 1);
    assertThat((double) uniform.corrections()[0])
        .isCloseTo(0.5 * Math.log(2 * 100 / 130.0 + 100 / 5.0), within(1e-6));
    assertThat(sampler(100, 1, 0, 0).columns(new int[] {3}, 1).corrections()).isEmpty();
  }
}
