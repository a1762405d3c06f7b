package dev.segue.kernels.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.segue.kernels.cuda.BlasBinding.Compute;
import dev.segue.kernels.cuda.BlasBinding.Element;
import dev.segue.kernels.cuda.BlasBinding.Operand;
import dev.segue.kernels.cuda.BlasBinding.Product;
import dev.segue.kernels.cuda.Opening.Opened;
import dev.segue.kernels.cuda.Opening.Refused;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Products of the stand-in's cuBLAS, and what it refuses. Matrices are column-major.
class CudaStandInBlasTest {
  private static final int ROWS = 5;
  private static final int COLUMNS = 7;
  private static final int DEPTH = 9;
  private static final int INVALID_VALUE = 7;
  private static final int NOT_SUPPORTED = 15;

  private final StandInDriver driver = StandInDriver.load();
  private final StandInDevice device = StandInDevice.open(driver);
  private final Random random = new Random(3);
  private BlasBinding blas;
  private long handle;

  @BeforeEach
  void open() {
    blas =
        switch (CudaBindings.openBlas(device.binding)) {
          case Opened<BlasBinding>(BlasBinding opened) -> opened;
          case Refused<BlasBinding> refused -> throw new IllegalStateException(refused.line());
        };
    handle = blas.create();
    blas.setStream(handle, device.stream);
  }

  @AfterEach
  void close() {
    device.close();
  }

  /// Small whole numbers, which every type holds.
  private float[] numbers(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = random.nextInt(-8, 9);
    }
    return values;
  }

  private long upload(float[] values, Element type) {
    if (type == Element.FLOAT32) {
      return device.floats(values);
    }
    int[] pairs = new int[(values.length + 1) / 2];
    for (int i = 0; i < values.length; i++) {
      int bits =
          type == Element.FLOAT16
              ? Float.floatToFloat16(values[i]) & 0xffff
              : Float.floatToRawIntBits(values[i]) >>> 16;
      pairs[i / 2] |= bits << (i % 2 * 16);
    }
    return device.ints(pairs);
  }

  @ParameterizedTest
  @CsvSource({
    "false, false, FLOAT32, FLOAT32",
    "true, false, BFLOAT16, FLOAT32",
    "false, true, FLOAT16, FLOAT32",
    "true, true, FLOAT32, TF32",
  })
  void aProductIsAddedToWhatIsThere(
      boolean transposeA, boolean transposeB, Element type, Compute compute) {
    float[] a = numbers(ROWS * DEPTH);
    float[] b = numbers(DEPTH * COLUMNS);
    float[] c = numbers(ROWS * COLUMNS);
    int strideA = transposeA ? DEPTH : ROWS;
    int strideB = transposeB ? COLUMNS : DEPTH;
    long result = device.floats(c);
    blas.gemm(
        handle,
        new Product(
            transposeA,
            transposeB,
            ROWS,
            COLUMNS,
            DEPTH,
            2,
            new Operand(upload(a, type), type, strideA),
            new Operand(upload(b, type), type, strideB),
            3,
            new Operand(result, Element.FLOAT32, ROWS),
            compute));

    float[] product = device.readFloats(result, ROWS * COLUMNS);
    for (int i = 0; i < ROWS; i++) {
      for (int j = 0; j < COLUMNS; j++) {
        double sum = 0;
        for (int k = 0; k < DEPTH; k++) {
          float left = transposeA ? a[i * DEPTH + k] : a[k * ROWS + i];
          float right = transposeB ? b[k * COLUMNS + j] : b[j * DEPTH + k];
          sum += (double) left * right;
        }
        double expected = 2 * sum + 3 * c[j * ROWS + i];
        assertThat((double) product[j * ROWS + i]).isCloseTo(expected, within(1e-3));
      }
    }
  }

  @Test
  void tf32Forgets13BitsOfAFraction() {
    long values = device.floats(1 + 0x1p-10f, 1 + 0x1p-12f, 0);
    multiplyNumbers(values, values + 4, values + 8, Compute.TF32);
    assertThat(device.readFloats(values + 8, 1)).containsExactly(1 + 0x1p-10f);
    multiplyNumbers(values, values + 4, values + 8, Compute.FLOAT32);
    assertThat(device.readFloats(values + 8, 1)).containsExactly((1 + 0x1p-10f) * (1 + 0x1p-12f));
  }

  private void multiplyNumbers(long a, long b, long c, Compute compute) {
    blas.gemm(handle, product(1, operand(a, 1), operand(b, 1), operand(c, 1), compute));
  }

  private static Operand operand(long address, int stride) {
    return new Operand(address, Element.FLOAT32, stride);
  }

  private static Product product(int size, Operand a, Operand b, Operand c, Compute compute) {
    return new Product(false, false, size, size, size, 1, a, b, 0, c, compute);
  }

  private void assertRefused(int status, Product product) {
    assertThatThrownBy(() -> blas.gemm(handle, product))
        .isInstanceOfSatisfying(
            CudaException.class, failure -> assertThat(failure.code()).isEqualTo(status));
  }

  @Test
  void leadingDimensionsAndSizesAreChecked() {
    Operand four = operand(device.floats(1, 2, 3, 4), 2);
    Operand narrow = operand(four.address(), 1);
    assertRefused(INVALID_VALUE, product(2, narrow, four, four, Compute.FLOAT32));
    assertRefused(INVALID_VALUE, product(2, four, narrow, four, Compute.FLOAT32));
    assertRefused(INVALID_VALUE, product(2, four, four, narrow, Compute.FLOAT32));
    assertRefused(INVALID_VALUE, product(-1, four, four, four, Compute.FLOAT32));
  }

  @Test
  void operandsOfTwoTypesAreRefused() {
    Operand floats = operand(device.floats(1), 1);
    Operand halves = new Operand(floats.address(), Element.FLOAT16, 1);
    assertRefused(NOT_SUPPORTED, product(1, floats, halves, floats, Compute.FLOAT32));
    assertRefused(NOT_SUPPORTED, product(1, floats, floats, halves, Compute.FLOAT32));
  }

  @Test
  void operandsLieWithinAnAllocationOfTheDevice() {
    long three = device.floats(1, 2, 3);
    Operand short4 = operand(three, 2);
    blas.gemm(handle, product(2, short4, short4, short4, Compute.FLOAT32));
    assertThatThrownBy(device::synchronise)
        .isInstanceOfSatisfying(
            CudaException.class, failure -> assertThat(failure.code()).isEqualTo(700));
    assertThat(driver.report()).contains("does not lie within one allocation");
  }

  @Test
  void aProductWaitsForItsStream() {
    driver.set("eager", 0);
    long values = device.floats(2, 3, 0);
    long other = device.binding.createStream();
    device.synchronise();
    multiplyNumbers(values, values + 4, values + 8, Compute.FLOAT32);
    device.binding.synchroniseStream(other);
    assertThat(driver.count("products")).isEqualTo(1);
    assertThat(device.readFloats(values + 8, 1)).containsExactly(6);
  }

  @Test
  void aHandleEndsOnceAndFailsWhereATestWantsIt() {
    driver.failAt("cublasGemmEx", 1, 13);
    Operand one = operand(device.floats(1), 1);
    assertRefused(13, product(1, one, one, one, Compute.FLOAT32));
    blas.destroy(handle);
    assertThatThrownBy(() -> blas.destroy(handle)).isInstanceOf(CudaException.class);
    assertThat(driver.count("blasHandles")).isZero();
  }

  @Test
  void theVersionIsTheLibrarys() {
    assertThat(blas.version()).isEqualTo(130_000);
    assertThat(blas.library()).contains("libcublas.so.13");
  }
}
