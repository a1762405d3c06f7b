package dev.segue.engine.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.segue.engine.network.RateSchedule.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RateScheduleTest {
  @Test
  void theRateRisesOverTheWarmUp() {
    RateSchedule schedule = new RateSchedule(Shape.CONSTANT, 4, 100);
    assertThat(schedule.factor(1)).isEqualTo(0.25);
    assertThat(schedule.factor(4)).isEqualTo(1);
    assertThat(schedule.factor(5)).isEqualTo(1);
    assertThat(schedule.factor(100)).isEqualTo(1);
  }

  @Test
  void decaysReachHalfInTheMiddleAndAlmostNothingAtTheEnd() {
    for (Shape shape : new Shape[] {Shape.LINEAR, Shape.COSINE}) {
      RateSchedule schedule = new RateSchedule(shape, 20, 120);
      assertThat(schedule.factor(21)).isEqualTo(1);
      assertThat(schedule.factor(71)).isCloseTo(0.5, within(1e-12));
      assertThat(schedule.factor(120)).isBetween(0.0, 0.02).isPositive();
    }
    assertThat(new RateSchedule(Shape.COSINE, 0, 4).factor(2)).isCloseTo(0.8535534, within(1e-6));
  }

  @ParameterizedTest
  @EnumSource
  void everyStepHasAPositiveRateAlsoPastTheEnd(Shape shape) {
    RateSchedule schedule = new RateSchedule(shape, 3, 10);
    for (int step = 1; step <= 15; step++) {
      assertThat(schedule.factor(step)).isPositive().isLessThanOrEqualTo(1);
    }
    assertThat(schedule.factor(15)).isEqualTo(schedule.factor(10));
    assertThat(new RateSchedule(shape, 0, 1).factor(1)).isEqualTo(1);
  }
}
