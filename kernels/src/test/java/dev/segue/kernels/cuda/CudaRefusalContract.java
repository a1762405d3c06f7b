package dev.segue.kernels.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.kernels.cuda.CudaBinding.Grid;
import dev.segue.kernels.cuda.Opening.Refused;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// What a driver refuses, and drivers that are of no use.
interface CudaRefusalContract extends CudaContract {
  @Test
  default void aThreadWithoutAContextIsToldSo() {
    CompletableFuture<Throwable> failure = new CompletableFuture<>();
    Thread.ofPlatform()
        .start(() -> {
          try {
            cuda().allocate(16);
            failure.complete(new AssertionError("allocated"));
          } catch (CudaException e) {
            failure.complete(e);
          }
        });

    assertThat(failure.join())
        .hasMessage(
            "cuda: cuMemAlloc: CUDA_ERROR_INVALID_CONTEXT (201): 16 bytes;"
                + " no context is current on this thread");
  }

  @Test
  default void aFailureOfAKernelIsFatalAndStays() {
    long module = ownModule();
    long faulty = cuda().function(module, "barrier_missed_by_ended");
    long address = cuda().allocate(4);
    cuda().launch(faulty, Grid.of(1, 32), CudaBinding.DEFAULT_STREAM, parameters(address, 0));

    assertThatThrownBy(cuda()::synchroniseContext)
        .isInstanceOfSatisfying(CudaException.class, e -> assertThat(e.isFatal()).isTrue())
        .hasMessage(
            "cuda: cuCtxSynchronize: CUDA_ERROR_LAUNCH_FAILED (719);"
                + " the device's context is lost, start the program again");
    assertThatThrownBy(() -> cuda().allocate(4))
        .isInstanceOfSatisfying(
            CudaException.class,
            e -> {
              assertThat(e.isFatal()).isTrue();
              assertThat(e.isOutOfMemory()).isFalse();
            });
    // Nothing in such a context can be freed.
    StandInDriver.load();
    CudaBindings.open();
    cuda().retainContext(0);
  }

  @Test
  default void aDeviceThatIsNotThereIsRefused() {
    assertThatThrownBy(() -> cuda().device(7))
        .hasMessage("cuda: cuDeviceGet: CUDA_ERROR_INVALID_DEVICE (101)");
  }

  @Test
  default void aDriverWithoutADeviceIsRefusedWithACure() {
    driver().set("devices", 0);
    Opening<CudaBinding> opening = CudaBindings.open();
    driver().set("devices", 1);

    assertThat(refusal(opening).line())
        .isEqualTo(
            "no GPU: the NVIDIA driver sees no device: CUDA_ERROR_NO_DEVICE (100);"
                + " see what nvidia-smi lists, and CUDA_VISIBLE_DEVICES");
  }

  @Test
  default void aDriverThatIsTooOldIsRefusedWithTheVersionItNeeds() {
    driver().set("driverVersion", 11_020);

    assertThat(refusal(CudaBindings.open()).line())
        .isEqualTo(
            "the NVIDIA driver is too old: %s knows CUDA 11.2; install one for CUDA 11.4 or newer"
                .formatted(driver().library("libcuda.so.1")));
  }

  /// Returns why something was not opened.
  static <T> Refused<T> refusal(Opening<T> opening) {
    assertThat(opening).isInstanceOf(Refused.class);
    return (Refused<T>) opening;
  }
}
