package dev.segue.engine.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.segue.kernels.Backend;
import dev.segue.kernels.BackendChoice;
import dev.segue.kernels.Backends;
import dev.segue.kernels.Tensor;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InitialisationTest {
  private static final int HIDDEN = 64;

  /// A GRU's weights hold its three gates one below the other. Each gate is drawn like a matrix of
  /// its own: by H, not by the 3H rows of the whole, and no gate is the copy of another.
  @Test
  void everyGateIsDrawnAlikeAndByItsOwnNumbers() {
    double bound = 1 / Math.sqrt(HIDDEN);
    try (Backend backend = Backends.open(BackendChoice.SCALAR);
        ParameterSet parameters =
            new ParameterSet(backend, new NetworkShape(50, 32, HIDDEN, 1, false))) {
      Initialisation.fill(parameters, 7);
      List<Tensor> gates =
          parameters.all().stream()
              .map(Parameter::value)
              .filter(tensor -> tensor.rows() == 3 * HIDDEN && tensor.columns() > 1)
              .toList();
      assertThat(gates).as("input and recurrent weights").hasSize(2);
      for (Tensor weights : gates) {
        List<float[]> rows = new ArrayList<>();
        for (int gate = 0; gate < 3; gate++) {
          float[] block = new float[HIDDEN * weights.columns()];
          weights.read(gate * HIDDEN, FloatBuffer.wrap(block));
          double sum = 0;
          double squares = 0;
          for (float value : block) {
            assertThat((double) Math.abs(value)).isLessThanOrEqualTo(bound);
            sum += value;
            squares += value * value;
          }
          assertThat(sum / block.length).isCloseTo(0, within(0.05 * bound));
          assertThat(squares / block.length)
              .as("variance of a uniform number")
              .isCloseTo(bound * bound / 3, within(0.05 * bound * bound));
          rows.add(block);
        }
        assertThat(rows.get(0)).isNotEqualTo(rows.get(1));
        assertThat(rows.get(1)).isNotEqualTo(rows.get(2));
      }
    }
  }
}
