package dev.segue.kernels.cuda;

import static dev.segue.kernels.cuda.CudaRefusalContract.refusal;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.kernels.cuda.BlasBinding.Compute;
import dev.segue.kernels.cuda.BlasBinding.Element;
import dev.segue.kernels.cuda.BlasBinding.Operand;
import dev.segue.kernels.cuda.BlasBinding.Product;
import dev.segue.kernels.cuda.Opening.Opened;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// cuBLAS. Values are small whole numbers, which every type and every order of sums holds exactly.
interface CudaBlasContract extends CudaContract {
  int ROWS = 3;
  int COLUMNS = 5;
  int DEPTH = 4;

  /// More than any of the sizes, so that a matrix does not fill its columns.
  int STRIDE = 7;

  /// The version that the binding can call.
  int newestBlas();

  @Test
  default void productsOfEveryTransposeAndTypeAreRight() {
    BlasBinding blas = openBlas();
    long handle = blas.create();
    for (Combination combination : combinations()) {
      for (int transposes = 0; transposes < 4; transposes++) {
        boolean transposeA = transposes % 2 == 1;
        boolean transposeB = transposes > 1;
        assertThat(multiply(blas, handle, combination, transposeA, transposeB))
            .as("%s, transposed: %s, %s", combination, transposeA, transposeB)
            .isEqualTo(expected(transposeA, transposeB));
      }
    }
    blas.destroy(handle);
  }

  @Test
  default void aProductRunsInItsHandlesStreamAndIsCaptured() {
    BlasBinding blas = openBlas();
    long handle = blas.create();
    long stream = cuda().createStream();
    long workspace = cuda().allocate(4096);
    blas.setStream(handle, stream);
    blas.setWorkspace(handle, workspace, 4096);
    long a = upload(Float.floatToRawIntBits(3));
    long c = upload(0);
    cuda().synchroniseContext();
    Operand operand = new Operand(a, Element.FLOAT32, 1);
    Operand result = new Operand(c, Element.FLOAT32, 1);

    cuda().beginCapture(stream);
    blas.gemm(
        handle,
        new Product(false, false, 1, 1, 1, 2, operand, operand, 1, result, Compute.FLOAT32));
    long graph = cuda().endCapture(stream);
    long executable = cuda().instantiate(graph);
    cuda().launchGraph(executable, stream);
    cuda().launchGraph(executable, stream);

    assertThat(Float.intBitsToFloat(download(c, 1)[0])).isEqualTo(36);
    cuda().destroyExecutable(executable);
    cuda().destroyGraph(graph);
    blas.destroy(handle);
    cuda().destroyStream(stream);
    List.of(workspace, a, c).forEach(cuda()::free);
  }

  @Test
  default void aProductThatMakesNoSenseIsRefusedByName() {
    BlasBinding blas = openBlas();
    long handle = blas.create();
    Operand narrow = new Operand(0, Element.FLOAT32, 1);

    assertThatThrownBy(() ->
            blas.gemm(
                handle,
                new Product(false, false, 4, 1, 1, 1, narrow, narrow, 0, narrow, Compute.FLOAT32)))
        .isInstanceOfSatisfying(
            CudaException.class,
            e -> {
              assertThat(e.isOutOfMemory()).isFalse();
              assertThat(e.isFatal()).isFalse();
            })
        .hasMessage("cuda: cublasGemmEx: CUBLAS_STATUS_INVALID_VALUE (7)");
    blas.destroy(handle);
  }

  @Test
  default void theVersionAndTheFileAreKnown() {
    BlasBinding blas = openBlas();

    assertThat(blas.version()).isEqualTo(newestBlas() * 10_000);
    assertThat(blas.library())
        .isEqualTo(driver().library("libcublas.so." + newestBlas()).toString());
  }

  @Test
  default void withoutCublasTheReasonAndTheCureAreSaid(@TempDir Path empty) {
    String before = System.setProperty("segue.cuda.cublas", empty.toString());

    assertThat(refusal(CudaBindings.openBlas(cuda())).line())
        .startsWith("no cuBLAS: " + empty)
        .contains("libcublas.so.12: no such file; install the CUDA toolkit's libcublas or");
    System.setProperty("segue.cuda.cublas", "none");
    assertThat(refusal(CudaBindings.openBlas(cuda())).line())
        .isEqualTo("no cuBLAS: it was switched off; leave out segue.cuda.cublas=none");
    System.setProperty("segue.cuda.cublas", before);
  }

  @Test
  default void anOlderDriverGetsTheOlderCublasOrNone() {
    driver().set("driverVersion", 12_040);
    assertThat(openBlas().version()).isEqualTo(120_000);

    driver().set("driverVersion", 11_080);
    assertThat(refusal(CudaBindings.openBlas(cuda())).line())
        .isEqualTo(
            "no cuBLAS: the driver knows CUDA 11.8 and cuBLAS 12 needs 12.0;"
                + " install a newer NVIDIA driver");
  }

  private BlasBinding openBlas() {
    Opening<BlasBinding> opening = CudaBindings.openBlas(cuda());
    assertThat(opening).isInstanceOf(Opened.class);
    return ((Opened<BlasBinding>) opening).value();
  }

  private static List<Combination> combinations() {
    List<Combination> all = new ArrayList<>();
    for (Element element : Element.values()) {
      all.add(new Combination(element, element, Compute.FLOAT32));
      all.add(new Combination(element, Element.FLOAT32, Compute.FLOAT32));
    }
    all.add(new Combination(Element.FLOAT32, Element.FLOAT32, Compute.TF32));
    return all;
  }

  /// Returns `2 op(A) op(B) − C`, by columns.
  private float[] multiply(
      BlasBinding blas,
      long handle,
      Combination combination,
      boolean transposeA,
      boolean transposeB) {
    Operand a = operand(combination.operands(), 1);
    Operand b = operand(combination.operands(), 2);
    Operand c = operand(combination.result(), 3);
    blas.gemm(
        handle,
        new Product(
            transposeA, transposeB, ROWS, COLUMNS, DEPTH, 2, a, b, -1, c, combination.compute()));
    float[] result = result(c);
    List.of(a, b, c).forEach(operand -> cuda().free(operand.address()));
    return result;
  }

  /// The same by plain loops.
  private static float[] expected(boolean transposeA, boolean transposeB) {
    float[] result = new float[ROWS * COLUMNS];
    for (int column = 0; column < COLUMNS; column++) {
      for (int row = 0; row < ROWS; row++) {
        float sum = 0;
        for (int k = 0; k < DEPTH; k++) {
          sum +=
              (transposeA ? value(1, k, row) : value(1, row, k))
                  * (transposeB ? value(2, column, k) : value(2, k, column));
        }
        result[column * ROWS + row] = 2 * sum - value(3, row, column);
      }
    }
    return result;
  }

  /// Returns an element of a matrix; no two rows, columns or matrices are alike.
  private static float value(int matrix, int row, int column) {
    return (row * 5 + column * 3 + matrix * row * column) % 7 - 3;
  }

  private Operand operand(Element type, int matrix) {
    int bytes = type == Element.FLOAT32 ? Float.BYTES : Short.BYTES;
    MemorySegment values = arena().allocate((long) STRIDE * STRIDE * bytes);
    for (int column = 0; column < STRIDE; column++) {
      for (int row = 0; row < STRIDE; row++) {
        write(values, type, column * STRIDE + row, value(matrix, row, column));
      }
    }
    long address = cuda().allocate(values.byteSize());
    cuda().copyToDevice(address, values, CudaBinding.DEFAULT_STREAM);
    return new Operand(address, type, STRIDE);
  }

  private float[] result(Operand c) {
    MemorySegment values =
        arena().allocate((long) STRIDE * STRIDE * (c.type() == Element.FLOAT32 ? 4 : 2));
    cuda().copyToHost(values, c.address(), CudaBinding.DEFAULT_STREAM);
    cuda().synchroniseContext();
    float[] result = new float[ROWS * COLUMNS];
    for (int column = 0; column < COLUMNS; column++) {
      for (int row = 0; row < ROWS; row++) {
        result[column * ROWS + row] = read(values, c.type(), column * STRIDE + row);
      }
    }
    return result;
  }

  private static void write(MemorySegment values, Element type, int index, float value) {
    switch (type) {
      case FLOAT32 -> values.setAtIndex(JAVA_FLOAT, index, value);
      case FLOAT16 -> values.setAtIndex(JAVA_SHORT, index, Float.floatToFloat16(value));
      case BFLOAT16 ->
          values.setAtIndex(JAVA_SHORT, index, (short) (Float.floatToRawIntBits(value) >>> 16));
    }
  }

  private static float read(MemorySegment values, Element type, int index) {
    return switch (type) {
      case FLOAT32 -> values.getAtIndex(JAVA_FLOAT, index);
      case FLOAT16 -> Float.float16ToFloat(values.getAtIndex(JAVA_SHORT, index));
      case BFLOAT16 -> Float.intBitsToFloat(values.getAtIndex(JAVA_SHORT, index) << 16);
    };
  }

  /// Types of a product.
  record Combination(Element operands, Element result, Compute compute) {}
}
