package dev.segue.data.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.segue.data.report.Histogram.Bin;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class HistogramTest {
  @Test
  void linearRangesHaveRoundWidthsAndTheLastTakesItsEnd() {
    Histogram histogram = Histogram.linear(new double[] {0, 4, 5, 9.9, 10, 19, 20}, 4);

    assertThat(histogram.bins())
        .containsExactly(
            new Bin(0, 5, 2), new Bin(5, 10, 2), new Bin(10, 15, 1), new Bin(15, 20, 2));
    assertThat(histogram.fullest()).isEqualTo(new Bin(0, 5, 2));
  }

  @Test
  void logarithmicRangesGrowByOneTwoFive() {
    Histogram histogram = Histogram.logarithmic(new double[] {0, 1, 3, 4, 70});

    assertThat(histogram.bins())
        .containsExactly(
            new Bin(0, 1, 1),
            new Bin(1, 2, 1),
            new Bin(2, 5, 2),
            new Bin(5, 10, 0),
            new Bin(10, 20, 0),
            new Bin(20, 50, 0),
            new Bin(50, 100, 1));
  }

  @Test
  void emptyRangesBelowTheLeastNumberAreLeftOut() {
    assertThat(Histogram.logarithmic(new double[] {120}).bins())
        .containsExactly(new Bin(100, 200, 1));
  }

  @Test
  void wideNumbersAreDrawnLogarithmically() {
    assertThat(Histogram.of(new double[] {1, 2, 3, 1_000}, 20).logarithmic()).isTrue();
    assertThat(Histogram.of(new double[] {60, 70, 80, 100}, 20).logarithmic()).isFalse();
    assertThat(Histogram.of(new double[] {-5, 1, 1_000}, 20).logarithmic()).isFalse();
  }

  @Test
  void oneValueIsOneRange() {
    assertThat(Histogram.linear(new double[] {7, 7, 7}, 10).bins())
        .containsExactly(new Bin(7, 8, 3));
  }

  @Test
  void wholeNumbersHaveRangesOfTheirOwn() {
    assertThat(Histogram.whole(new double[] {2, 3, 3, 5}, 10).bins())
        .containsExactly(new Bin(2, 3, 1), new Bin(3, 4, 2), new Bin(4, 5, 0), new Bin(5, 6, 1));
    assertThat(Histogram.whole(new double[] {0, 99}, 50).bins()).hasSize(50);
  }

  @Test
  void nothingHasNoRanges() {
    assertThat(Histogram.of(new double[0], 10).bins()).isEmpty();
    assertThatThrownBy(() -> Histogram.of(new double[0], 10).fullest())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Histogram.logarithmic(new double[] {-1}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Property
  void noNumberIsLost(
      @ForAll @Size(min = 1, max = 200) double @DoubleRange(min = -1e6, max = 1e6) [] values,
      @ForAll @IntRange(min = 1, max = 40) int bins) {
    Histogram linear = Histogram.linear(values, bins);

    assertThat(linear.total()).isEqualTo(values.length);
    assertThat(Histogram.whole(values, bins).total()).isEqualTo(values.length);
    assertThat(linear.bins()).hasSizeLessThanOrEqualTo(bins + 2);
    double[] positive = Arrays.stream(values).map(Math::abs).toArray();
    assertThat(Histogram.logarithmic(positive).total()).isEqualTo(values.length);
  }

  @Test
  void summariesFollowTheirDefinitions() {
    Summary summary = Summary.of(new double[] {4, 1, 3, 2});

    assertThat(summary.min()).isEqualTo(1);
    assertThat(summary.median()).isEqualTo(2.5);
    assertThat(summary.mean()).isCloseTo(2.5, within(1e-12));
    assertThat(summary.percentile90()).isEqualTo(4);
    assertThat(summary.max()).isEqualTo(4);
    assertThat(Summary.of(new double[0])).isEqualTo(new Summary(0, 0, 0, 0, 0, 0));
  }
}
