package dev.segue.kernels.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/// Streams, events and graphs.
interface CudaStreamContract extends CudaContract {
  @Test
  default void aStreamWaitsForAnothersEvent() {
    long first = cuda().createStream();
    long second = cuda().createStream();
    long event = cuda().createEvent(false);
    long address = upload(0);
    cuda().synchroniseContext();

    cuda().fill(address, 1, 1, first);
    cuda().recordEvent(event, first);
    cuda().waitForEvent(second, event);
    cuda().fill(address, 2, 1, second);
    cuda().synchroniseStream(second);

    assertThat(download(address, 1)).containsExactly(2);
    cuda().synchroniseEvent(event);
    cuda().destroyEvent(event);
    cuda().destroyStream(first);
    cuda().destroyStream(second);
    cuda().free(address);
  }

  @Test
  default void timedEventsTellTheTimeBetweenThem() {
    long stream = cuda().createStream();
    long start = cuda().createEvent(true);
    long end = cuda().createEvent(true);
    cuda().recordEvent(start, stream);
    cuda().recordEvent(end, stream);
    cuda().synchroniseEvent(end);

    assertThat(cuda().elapsedMillis(start, end)).isBetween(0f, 60_000f);
    cuda().destroyEvent(start);
    cuda().destroyEvent(end);
    cuda().destroyStream(stream);
  }

  @Test
  default void eventsWithoutATimeAreNotAskedForOne() {
    long event = cuda().createEvent(false);
    cuda().recordEvent(event, CudaBinding.DEFAULT_STREAM);

    assertThatThrownBy(() -> cuda().elapsedMillis(event, event))
        .hasMessage("cuda: cuEventElapsedTime: CUDA_ERROR_INVALID_HANDLE (400)");
    cuda().destroyEvent(event);
  }

  @Test
  default void aCapturedGraphDoesItsWorkAtEachReplayAndNotBefore() {
    long module = ownModule();
    long addOne = cuda().function(module, "add_one");
    long stream = cuda().createStream();
    long address = upload(10, 20);
    cuda().synchroniseContext();

    cuda().beginCapture(stream);
    for (int i = 0; i < 3; i++) {
      cuda().launch(addOne, CudaBinding.Grid.of(1, 32), stream, parameters(address, 2));
    }
    long graph = cuda().endCapture(stream);
    long executable = cuda().instantiate(graph);
    cuda().destroyGraph(graph);
    assertThat(download(address, 2)).containsExactly(10, 20);

    cuda().launchGraph(executable, stream);
    cuda().launchGraph(executable, stream);
    assertThat(download(address, 2)).containsExactly(16, 26);
    assertThat(driver().count("graphLaunches")).isEqualTo(2);

    cuda().destroyExecutable(executable);
    cuda().destroyStream(stream);
    cuda().free(address);
    cuda().unloadModule(module);
  }

  @Test
  default void theDefaultStreamCannotBeCaptured() {
    assertThatThrownBy(() -> cuda().beginCapture(CudaBinding.DEFAULT_STREAM))
        .hasMessage("cuda: cuStreamBeginCapture: CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED (900)");
  }

  @Test
  default void memoryIsNotAllocatedDuringACapture() {
    long stream = cuda().createStream();
    cuda().beginCapture(stream);

    assertThatThrownBy(() -> cuda().allocate(4))
        .hasMessageStartingWith("cuda: cuMemAlloc: CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED (900)");
    assertThatThrownBy(() -> cuda().endCapture(stream))
        .hasMessage("cuda: cuStreamEndCapture: CUDA_ERROR_STREAM_CAPTURE_INVALIDATED (901)");
    cuda().destroyStream(stream);
  }
}
