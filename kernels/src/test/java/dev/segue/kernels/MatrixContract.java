package dev.segue.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/// Tests of [Backend#gemm].
interface MatrixContract extends Contract {
  @Test
  default void gemmGivesPyTorchsNumbers() {
    Golden golden = Golden.read("gemm");
    Tensor a = golden.tensor(backend(), "a");
    Tensor b = golden.tensor(backend(), "b");
    Tensor c = backend().allocate(7, 37);
    backend().gemm(new Gemm(a, false, b, false, c, null, false));
    Tolerance.assertClose("product", c, golden.numbers("product"), 35);

    Tensor bias = golden.tensor(backend(), "bias");
    Tensor sum = golden.tensor(backend(), "before");
    backend().gemm(new Gemm(a, false, b, false, sum, bias, true));
    Tolerance.assertClose("sum", sum, golden.numbers("accumulatedWithBias"), 35);
  }

  @Test
  default void gemmTransposesEitherSide() {
    Tensor a = backend().tensor(2, 3, 1, 2, 3, 4, 5, 6);
    Tensor b = backend().tensor(3, 2, 7, 8, 9, 10, 11, 12);
    float[] product = {58, 64, 139, 154};
    Tensor c = backend().allocate(2, 2);
    Tensor aTransposed = backend().tensor(3, 2, 1, 4, 2, 5, 3, 6);
    Tensor bTransposed = backend().tensor(2, 3, 7, 9, 11, 8, 10, 12);
    backend().gemm(new Gemm(a, false, b, false, c, null, false));
    assertThat(c.toArray()).containsExactly(product);
    backend().gemm(new Gemm(aTransposed, true, b, false, c, null, false));
    assertThat(c.toArray()).containsExactly(product);
    backend().gemm(new Gemm(a, false, bTransposed, true, c, null, false));
    assertThat(c.toArray()).containsExactly(product);
    backend().gemm(new Gemm(aTransposed, true, bTransposed, true, c, null, true));
    assertThat(c.toArray()).containsExactly(116, 128, 278, 308);
  }

  @Test
  default void gemmOfNothingIsItsBias() {
    Tensor c = backend().tensor(2, 2, 1, 2, 3, 4);
    Tensor a = backend().allocate(2, 0);
    Tensor b = backend().allocate(0, 2);
    Tensor bias = backend().tensor(1, 2, 10, 20);
    backend().gemm(new Gemm(a, false, b, false, c, bias, true));
    assertThat(c.toArray()).containsExactly(11, 22, 13, 24);
    backend().gemm(new Gemm(a, false, b, false, c, bias, false));
    assertThat(c.toArray()).containsExactly(10, 20, 10, 20);
    backend().gemm(new Gemm(a, false, b, false, c, null, false));
    assertThat(c.toArray()).containsOnly(0);
    Tensor noRows = backend().allocate(0, 2);
    backend()
        .gemm(
            new Gemm(
                backend().allocate(0, 3),
                false,
                backend().allocate(3, 2),
                false,
                noRows,
                null,
                false));
    assertThat(noRows.toArray()).isEmpty();
  }

  @Test
  default void gemmRefusesShapesThatDoNotFit() {
    Tensor a = backend().allocate(2, 3);
    Tensor b = backend().allocate(4, 5);
    Tensor c = backend().allocate(2, 5);
    assertThatThrownBy(() -> new Gemm(a, false, b, false, c, null, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("gemm: inner sizes of a and b differ, expected 3, got 4");
    Tensor square = backend().allocate(2, 2);
    assertThatThrownBy(() -> new Gemm(square, false, square, false, square, null, false))
        .hasMessage("gemm: c is an input too, expected another tensor, got a");
  }
}
