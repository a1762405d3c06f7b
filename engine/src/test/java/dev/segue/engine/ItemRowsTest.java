package dev.segue.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.segue.kernels.Backend;
import dev.segue.kernels.BackendChoice;
import dev.segue.kernels.Backends;
import dev.segue.kernels.Tensor;
import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;

class ItemRowsTest {
  @Test
  void similarityIsTheCosineOfRowsAndNeverNegative() {
    try (Backend backend = Backends.open(BackendChoice.SCALAR);
        Tensor weights = backend.allocate(4, 2)) {
      weights.write(0, FloatBuffer.wrap(new float[] {3, 4, 6, 8, -3, -4, 0, 0}));
      ItemRows rows = new ItemRows(weights);

      assertThat(rows.of(0, 1)).as("length does not matter").isCloseTo(1, within(1e-6));
      assertThat(rows.of(0, 2)).as("opposite").isZero();
      assertThat(rows.of(0, 3)).as("no direction").isZero();
      assertThat(rows.of(0, 9)).as("cold").isZero();
      weights.write(3, FloatBuffer.wrap(new float[] {0, 2}));
      assertThat(rows.of(0, 3)).isCloseTo(0.8, within(1e-6));
    }
  }
}
