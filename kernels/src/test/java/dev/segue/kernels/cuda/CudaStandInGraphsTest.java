package dev.segue.kernels.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.kernels.cuda.BlasBinding.Compute;
import dev.segue.kernels.cuda.BlasBinding.Element;
import dev.segue.kernels.cuda.BlasBinding.Operand;
import dev.segue.kernels.cuda.BlasBinding.Product;
import dev.segue.kernels.cuda.CudaBinding.Grid;
import dev.segue.kernels.cuda.Opening.Opened;
import dev.segue.kernels.cuda.Opening.Refused;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Capture of streams on the stand-in: what can be captured, and what cannot.
class CudaStandInGraphsTest {
  private static final int CAPTURE_UNSUPPORTED = 900;
  private static final int CAPTURE_INVALIDATED = 901;
  private static final int CAPTURE_UNJOINED = 904;
  private static final int CAPTURE_ISOLATION = 905;

  private final StandInDriver driver = StandInDriver.load();
  private final StandInDevice device = StandInDevice.open(driver);
  private final CudaBinding binding = device.binding;

  @AfterEach
  void close() {
    device.close();
  }

  private void addOne(long values, long stream) {
    binding.launch(
        device.function("add_one"), Grid.of(1, 32), stream, device.parameters(values, 1));
  }

  private void assertRefused(int code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            CudaException.class, failure -> assertThat(failure.code()).isEqualTo(code));
  }

  @Test
  void aGraphDoesItsWorkEachTimeAndNotBefore() {
    long values = device.ints(1);
    binding.beginCapture(device.stream);
    addOne(values, device.stream);
    addOne(values, device.stream);
    long graph = binding.endCapture(device.stream);
    long ready = binding.instantiate(graph);
    binding.destroyGraph(graph);
    assertThat(device.readInts(values, 1)).containsExactly(1);

    binding.launchGraph(ready, device.stream);
    binding.launchGraph(ready, device.stream);
    assertThat(device.readInts(values, 1)).containsExactly(5);
    assertThat(driver.count("graphLaunches")).isEqualTo(2);

    binding.destroyExecutable(ready);
    assertThat(driver.count("graphs") + driver.count("executables")).isZero();
  }

  @Test
  void aSecondStreamIsCapturedWithTheFirst() {
    long values = device.ints(1, 10);
    long other = binding.createStream();
    long event = binding.createEvent(false);
    binding.beginCapture(device.stream);
    addOne(values, device.stream);
    binding.recordEvent(event, device.stream);
    binding.waitForEvent(other, event);
    addOne(values + 4, other);
    binding.recordEvent(event, other);
    binding.waitForEvent(device.stream, event);
    long ready = binding.instantiate(binding.endCapture(device.stream));

    binding.launchGraph(ready, device.stream);
    assertThat(device.readInts(values, 2)).containsExactly(2, 11);
    binding.synchroniseStream(other);
  }

  @Test
  void aSecondStreamMustComeBack() {
    long values = device.ints(1);
    device.synchronise();
    long other = binding.createStream();
    long event = binding.createEvent(false);
    binding.beginCapture(device.stream);
    binding.recordEvent(event, device.stream);
    binding.waitForEvent(other, event);
    addOne(values, other);
    assertRefused(CAPTURE_UNJOINED, () -> binding.endCapture(device.stream));
    // Both take work again.
    addOne(values, other);
    binding.synchroniseStream(other);
    assertThat(device.readInts(values, 1)).containsExactly(2);
  }

  @Test
  void callsThatWaitOrChangeMemoryCannotBeCaptured() {
    long values = device.ints(1);
    ThrowingCallable[] calls = {
      () -> binding.allocate(4),
      () -> binding.free(values),
      () -> binding.allocatePinned(4),
      () -> binding.synchroniseContext(),
      () -> binding.synchroniseStream(device.stream),
      () -> binding.unloadModule(device.module),
      this::copyFromPlainMemory,
      this::copyToPlainMemory,
    };
    for (ThrowingCallable call : calls) {
      binding.beginCapture(device.stream);
      assertRefused(CAPTURE_UNSUPPORTED, call);
      assertRefused(CAPTURE_INVALIDATED, () -> addOne(values, device.stream));
      assertRefused(CAPTURE_INVALIDATED, () -> binding.endCapture(device.stream));
    }
    addOne(values, device.stream);
    assertThat(device.readInts(values, 1)).containsExactly(2);
  }

  private void copyFromPlainMemory() {
    try (Arena arena = Arena.ofConfined()) {
      binding.copyToDevice(plainTarget, arena.allocate(4), device.stream);
    }
  }

  private void copyToPlainMemory() {
    try (Arena arena = Arena.ofConfined()) {
      binding.copyToHost(arena.allocate(4), plainTarget, device.stream);
    }
  }

  private final long plainTarget = device.ints(0);

  @Test
  void workFromOutsideCannotBeWaitedForInACapture() {
    long values = device.ints(1);
    long other = binding.createStream();
    long event = binding.createEvent(false);
    addOne(values, other);
    binding.recordEvent(event, other);
    binding.beginCapture(device.stream);
    assertRefused(CAPTURE_ISOLATION, () -> binding.waitForEvent(device.stream, event));
    assertRefused(CAPTURE_INVALIDATED, () -> binding.endCapture(device.stream));
  }

  @Test
  void theDefaultStreamCannotBeCaptured() {
    assertRefused(CAPTURE_UNSUPPORTED, () -> binding.beginCapture(CudaBinding.DEFAULT_STREAM));
  }

  @Test
  void aCapturedProductNeedsAWorkspace() {
    BlasBinding blas =
        switch (CudaBindings.openBlas(binding)) {
          case Opened<BlasBinding>(BlasBinding opened) -> opened;
          case Refused<BlasBinding> refused -> throw new IllegalStateException(refused.line());
        };
    long values = device.floats(3, 4, 0);
    long workspace = binding.allocate(1024);
    device.synchronise();
    Product product =
        new Product(
            false,
            false,
            1,
            1,
            1,
            1,
            new Operand(values, Element.FLOAT32, 1),
            new Operand(values + 4, Element.FLOAT32, 1),
            0,
            new Operand(values + 8, Element.FLOAT32, 1),
            Compute.FLOAT32);
    long handle = blas.create();
    blas.setStream(handle, device.stream);
    binding.beginCapture(device.stream);
    assertThatThrownBy(() -> blas.gemm(handle, product)).isInstanceOf(CudaException.class);
    assertThat(driver.report()).contains("needs cublasSetWorkspace");
    binding.destroyGraph(binding.endCapture(device.stream));

    blas.setWorkspace(handle, workspace, 1024);
    binding.beginCapture(device.stream);
    blas.gemm(handle, product);
    long ready = binding.instantiate(binding.endCapture(device.stream));
    binding.launchGraph(ready, device.stream);
    assertThat(device.readFloats(values, 3)).containsExactly(3, 4, 12);
    blas.destroy(handle);
    assertThat(driver.count("blasHandles")).isZero();
  }

  @Test
  void memoryFreedAfterTheCaptureIsMissed() {
    long values = device.ints(1);
    binding.beginCapture(device.stream);
    addOne(values, device.stream);
    long ready = binding.instantiate(binding.endCapture(device.stream));
    binding.free(values);
    binding.launchGraph(ready, device.stream);
    assertThatThrownBy(device::synchronise).isInstanceOf(CudaException.class);
    assertThat(driver.report()).contains("points to no memory of the device");
  }

  @Test
  void argumentsAreKeptAsTheyWereWhenCaptured() {
    long values = device.ints(1);
    var parameters = device.parameters(values, 1);
    binding.beginCapture(device.stream);
    binding.launch(device.function("add_one"), Grid.of(1, 32), device.stream, parameters);
    long ready = binding.instantiate(binding.endCapture(device.stream));
    parameters.setAtIndex(ValueLayout.JAVA_LONG, 0, 0L);
    binding.launchGraph(ready, device.stream);
    assertThat(device.readInts(values, 1)).containsExactly(2);
  }
}
