package dev.segue.engine.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ReplicateSumsTest {
  private static final long ONE = (long) ReplicateSums.UNIT;

  @Test
  void meansAreWeightedByTargetsAndNotBySessions() {
    ReplicateSums sums = new ReplicateSums(3, 2);
    sums.add(new long[] {1, 0, 2}, 2, new long[] {ONE, 0});
    sums.add(new long[] {1, 1, 0}, 1, new long[] {ONE, ONE / 2});

    assertThat(sums.means(0)).containsExactly(2 / 3.0, 1, 0.5);
    assertThat(sums.means(1)).containsExactly(0.5 / 3, 0.5, 0);
  }

  @Test
  void aResampleWithoutTargetsHasNoMean() {
    ReplicateSums sums = new ReplicateSums(2, 1);
    sums.add(new long[] {0, 1}, 4, new long[] {ONE});

    assertThat(sums.means(0)).containsExactly(0.25);
  }

  @Test
  void partsAddUpToTheSameSums() {
    ReplicateSums whole = new ReplicateSums(2, 1);
    ReplicateSums left = new ReplicateSums(2, 1);
    ReplicateSums right = new ReplicateSums(2, 1);
    for (int session = 1; session <= 20; session++) {
      long[] weights = {session % 3, session % 4};
      long[] gains = {ONE / session};
      whole.add(weights, session, gains);
      (session % 2 == 0 ? left : right).add(weights, session, gains);
    }
    right.add(left);

    assertThat(right.means(0)).isEqualTo(whole.means(0));
  }

  @Test
  void differencesArePairedByResample() {
    ReplicateSums better = new ReplicateSums(2, 1);
    ReplicateSums worse = new ReplicateSums(2, 1);
    better.add(new long[] {1, 3}, 1, new long[] {ONE});
    better.add(new long[] {1, 1}, 1, new long[] {0});
    worse.add(new long[] {1, 3}, 1, new long[] {0});
    worse.add(new long[] {1, 1}, 1, new long[] {ONE});

    assertThat(better.differences(worse, 0)).containsExactly(0, 0.5);
    assertThatThrownBy(() -> better.differences(new ReplicateSums(2, 1), 0))
        .hasMessage(
            "bootstrap: sums over different targets, expected 2 resamples with targets, got 0");
  }

  @Test
  void quantilesInterpolate() {
    double[] sorted = {1, 2, 4};
    assertThat(ReplicateSums.quantile(sorted, 0)).isEqualTo(1);
    assertThat(ReplicateSums.quantile(sorted, 0.25)).isEqualTo(1.5);
    assertThat(ReplicateSums.quantile(sorted, 0.75)).isEqualTo(3);
    assertThat(ReplicateSums.quantile(sorted, 1)).isEqualTo(4);
  }
}
