package dev.segue.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Tests of [Backend#adam] and [Backend#clipByGlobalNorm].
interface OptimiserContract extends Contract {
  @Test
  default void adamTakesPyTorchsSteps() {
    Golden golden = Golden.read("adam");
    Tensor p = golden.tensor(backend(), "parameters");
    Tensor g = backend().allocate(3, 7);
    Tensor m = backend().allocate(3, 7);
    Tensor v = backend().allocate(3, 7);
    for (int step = 1; step <= 3; step++) {
      g.write(0, FloatBuffer.wrap(golden.numbers("gradients" + step)));
      backend().adam(new Adam(p, g, m, v, Adam.Settings.ofRate(0.01), step));
      Tolerance.assertClose("parameters", p, golden.numbers("parameters" + step), 3);
      assertThat(g.toArray()).containsOnly(0);
    }
    Tolerance.assertClose("first moment", m, golden.numbers("firstMoment"), 3);
    Tolerance.assertClose("second moment", v, golden.numbers("secondMoment"), 3);
  }

  @Test
  default void adamLeavesWhatHasNoGradientAndNoMoment() {
    Tensor p = backend().tensor(1, 2, 3, 4);
    Tensor g = backend().tensor(1, 2, 0, 1);
    backend()
        .adam(
            new Adam(
                p,
                g,
                backend().allocate(1, 2),
                backend().allocate(1, 2),
                Adam.Settings.ofRate(0.5),
                1));
    assertThat(p.toArray()).containsExactly(3, 3.5f);
  }

  @Test
  default void clippingGivesPyTorchsNormAndGradients() {
    Golden golden = Golden.read("clipping");
    Tensor first = golden.tensor(backend(), "first");
    Tensor second = golden.tensor(backend(), "second");
    double norm =
        backend().clipByGlobalNorm(new GradientClipping(List.of(first, second), 2)).getAsDouble();
    float expected = golden.numbers("norm")[0];
    assertThat(norm).isCloseTo(expected, within(Tolerance.of(24, expected)));
    Tolerance.assertClose("first", first, golden.numbers("firstClipped"), 24);
    Tolerance.assertClose("second", second, golden.numbers("secondClipped"), 24);
  }

  @Test
  default void clippingLeavesShortGradientsAlone() {
    Tensor gradient = backend().tensor(1, 2, 3, 4);
    assertThat(backend().clipByGlobalNorm(new GradientClipping(List.of(gradient), 5)).getAsDouble())
        .isEqualTo(5);
    assertThat(gradient.toArray()).containsExactly(3, 4);
    assertThat(backend().clipByGlobalNorm(new GradientClipping(List.of(gradient), 1)).getAsDouble())
        .isEqualTo(5);
    Tolerance.assertClose("clipped", gradient, new float[] {0.6f, 0.8f}, 2);
  }

  @Test
  default void aNormBeyondTheFloatRangeIsMeasured() {
    Tensor gradient = backend().tensor(1, 2, 3e30f, 4e30f);
    var onlyMeasured = new GradientClipping(List.of(gradient), Double.POSITIVE_INFINITY);
    assertThat(backend().clipByGlobalNorm(onlyMeasured).getAsDouble())
        .isCloseTo(5e30, within(1e24));
    assertThat(gradient.toArray()).containsExactly(3e30f, 4e30f);
    assertThatThrownBy(() -> new GradientClipping(List.of(), 0))
        .hasMessage("clipByGlobalNorm: bound, expected more than 0, got 0.0");
  }
}
