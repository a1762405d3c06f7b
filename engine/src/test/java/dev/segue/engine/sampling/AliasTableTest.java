package dev.segue.engine.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.segue.kernels.Philox;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class AliasTableTest {
  /// Walks over the whole range of 64 bits in even steps: the share of each number is its
  /// probability, to the width of a step for each of the two parts that a number has at a place.
  @Property(tries = 100)
  void everyNumberHasItsShareOfTheBits(
      @ForAll @Size(min = 1, max = 12) List<@DoubleRange(min = 0, max = 9) Double> weights) {
    double[] all = weights.stream().mapToDouble(weight -> weight).toArray();
    all[all.length / 2] += 0.1;
    AliasTable table = new AliasTable(all);
    int steps = 1 << 14;
    int[] counts = new int[all.length];
    for (long step = 0; step < steps; step++) {
      counts[table.draw(step << 50)]++;
    }
    double sum = weights.stream().mapToDouble(weight -> weight).sum() + 0.1;
    for (int i = 0; i < all.length; i++) {
      double bound = 2.0 * (all.length + 1) / steps;
      assertThat(table.probability(i)).isCloseTo(all[i] / sum, within(1e-12));
      assertThat((double) counts[i] / steps).isCloseTo(all[i] / sum, within(bound));
    }
  }

  @Test
  void whatHasNoWeightIsNeverDrawn() {
    AliasTable table = new AliasTable(new double[] {0, 3, 0, 1e-3, 0});
    Philox random = new Philox(1, 2);
    for (int i = 0; i < 100_000; i++) {
      assertThat(table.draw(random.bits(i))).isIn(1, 3);
    }
    assertThat(table.draw(0)).isIn(1, 3);
    assertThat(table.draw(-1)).isIn(1, 3);
  }

  @Test
  void weightsThatAreNoDistributionAreRefused() {
    assertThatThrownBy(() -> new AliasTable(new double[] {1, -1}))
        .hasMessage("alias table: weight, expected a finite number from 0, got -1.0");
    assertThatThrownBy(() -> new AliasTable(new double[] {1, Double.NaN}))
        .hasMessage("alias table: weight, expected a finite number from 0, got NaN");
    assertThatThrownBy(() -> new AliasTable(new double[] {0, 0}))
        .hasMessage("alias table: sum of weights, expected a finite number above 0, got 0.0");
  }
}
