package dev.segue.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.kernels.cuda.CudaException;
import dev.segue.kernels.cuda.OutOfDeviceMemoryException;
import dev.segue.kernels.cuda.StandInDevices;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What several operations do together on the stand-in driver: graphs, results that are asked for
/// later, too little memory, failures, many threads.
class CudaStepTest {
  private static final int OUT_OF_MEMORY = 2;
  private static final int LAUNCH_FAILED = 719;

  private final StandInDevices devices = new StandInDevices();
  private final CudaBackend backend = new CudaBackend(devices.open(true), CudaPrecision.FLOAT32);

  @AfterEach
  void leaveNothing() {
    backend.close();
    devices.assertNothingIsLeft();
  }

  /// A small training step with everything that changes from step to step: ids, the number of
  /// distinct ones, the step of Adam, the mask of dropout.
  private static final class Steps {
    private final Backend backend;
    private final Tensor table;
    private final Tensor first;
    private final Tensor second;
    private int step;

    Steps(Backend backend) {
      this.backend = backend;
      table = Contract.normal(backend, 20, 6, 0.5, 1);
      first = backend.allocate(20, 6);
      second = backend.allocate(20, 6);
    }

    DoubleSupplier next() {
      step++;
      int[] ids = Contract.ids(5, step % 2 == 0 ? 20 : 3, step);
      int[] targets = Contract.ids(5, 20, 100 + step);
      try (Tensor states = backend.allocate(5, 6);
          Tensor gradient = backend.allocate(5, 6);
          Tensor weightGradient = backend.allocate(20, 6)) {
        backend.gatherRows(new GatherRows(table, ids, states));
        backend.dropout(new Dropout(states, states, 0.3f, 42, step));
        DoubleSupplier loss =
            backend.softmaxCrossEntropy(
                new SoftmaxCrossEntropy(
                    states,
                    table,
                    null,
                    targets,
                    0.2f,
                    new SoftmaxCrossEntropy.Gradients(gradient, weightGradient, null)));
        backend.dropout(new Dropout(gradient, gradient, 0.3f, 42, step));
        RowGradients rows = RowGradients.ofRows(20, new RowGradients.Part(ids, gradient));
        DoubleSupplier norm =
            backend.clipByGlobalNorm(new GradientClipping(List.of(), List.of(rows), 0.1));
        Adam.Settings settings = Adam.Settings.ofRate(0.05 / step);
        backend.adamRows(new AdamRows(table, rows, first, second, settings, step));
        return () -> loss.getAsDouble() + norm.getAsDouble();
      }
    }
  }

  @Test
  void stepsThatComeAgainAreReplayedWithTheirOwnNumbers() {
    Steps onGpu = new Steps(backend);
    try (Backend scalar = new ScalarBackend()) {
      Steps onScalar = new Steps(scalar);
      for (int step = 0; step < 8; step++) {
        double expected = onScalar.next().getAsDouble();
        double actual = onGpu.next().getAsDouble();
        assertThat(actual).as("step %d", step).isCloseTo(expected, closeTo(expected));
      }
      Tolerance.assertClose("table", onGpu.table, onScalar.table.toArray(), 1000);
    }
    assertThat(backend.device().graphReplays()).isGreaterThanOrEqualTo(5);
    assertThat(devices.count("graphLaunches")).isGreaterThanOrEqualTo(6);
  }

  private static org.assertj.core.data.Offset<Double> closeTo(double expected) {
    return org.assertj.core.api.Assertions.within(Tolerance.of(100, expected));
  }

  /// Numbers of several steps may wait, more than there are places for.
  @Test
  void resultsCanBeAskedForLaterAndInAnyOrder() {
    Steps steps = new Steps(backend);
    List<DoubleSupplier> results = new ArrayList<>();
    List<Double> expected = new ArrayList<>();
    try (Backend scalar = new ScalarBackend()) {
      Steps onScalar = new Steps(scalar);
      for (int step = 0; step < 100; step++) {
        results.add(steps.next());
        expected.add(onScalar.next().getAsDouble());
      }
    }
    for (int step = 99; step >= 0; step--) {
      double right = expected.get(step);
      assertThat(results.get(step).getAsDouble()).isCloseTo(right, closeTo(right));
    }
  }

  @Test
  void tooLittleMemoryIsSaidInOneLineAndNothingIsLost() {
    Tensor kept = backend.tensor(1, 3, 1, 2, 3);
    backend.allocate(1000, 100).close();
    devices.set("memory", devices.count("allocatedBytes") + (1 << 20));
    assertThatThrownBy(() -> backend.allocate(100_000, 1000))
        .isInstanceOf(OutOfDeviceMemoryException.class)
        .hasMessageStartingWith("cuda: out of device memory: expected 382.0 MiB free for one block")
        .hasMessageEndingWith("take smaller batches or a smaller model")
        .hasNoCause();
    assertThat(kept.toArray()).containsExactly(1, 2, 3);
  }

  /// Memory that waits to be used again is given back before an allocation fails.
  @Test
  void cachedMemoryMakesRoom() {
    backend.allocate(1000, 1000).close();
    devices.failAt("cuMemAlloc_v2", 1, OUT_OF_MEMORY);
    Tensor tensor = backend.allocate(2000, 1000);
    assertThat(tensor.rows()).isEqualTo(2000);
  }

  @Test
  void aLostContextIsSaidAtTheNextReadAndClosingStillWorks() {
    Tensor a = Contract.normal(backend, 4, 4, 1, 1);
    Tensor b = Contract.normal(backend, 4, 4, 1, 2);
    devices.failAt("cuLaunchKernel", 1, LAUNCH_FAILED);
    backend.gatherRows(new GatherRows(a, new int[] {1, 2, 3, 0}, b));
    assertThatThrownBy(b::toArray)
        .isInstanceOfSatisfying(
            CudaException.class,
            failure -> {
              assertThat(failure.isFatal()).isTrue();
              assertThat(failure)
                  .hasMessageContaining("CUDA_ERROR_LAUNCH_FAILED (719)")
                  .hasMessageEndingWith("start the program again");
            });
  }

  @Test
  void aResultWhoseWorkFailedIsNotANumber() {
    Steps steps = new Steps(backend);
    DoubleSupplier result = steps.next();
    devices.failAt("cuLaunchKernel", 3, 1);
    assertThatThrownBy(result::getAsDouble).isInstanceOf(CudaException.class);
    assertThatThrownBy(result::getAsDouble).hasMessage("cuda: the result's computation failed");
  }

  @Test
  void anyNumberOfThreadsMayRank() throws Exception {
    Tensor weights = Contract.normal(backend, 500, 12, 1, 1);
    RankingIndex index = backend.rankingIndex(weights, null);
    List<Callable<int[]>> requests = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      float[] hidden = Contract.normal(12, 1, i % 6);
      requests.add(() -> {
        try (Tensor state = backend.tensor(1, 12, hidden)) {
          return backend.topK(new TopKSearch(state, index, 5, null, null)).items()[0];
        }
      });
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<int[]>> answers = threads.invokeAll(requests);
      for (int i = 0; i < answers.size(); i++) {
        assertThat(answers.get(i).get()).containsExactly(requests.get(i).call());
      }
    }
  }

  @Test
  void nothingWorksAfterCloseButClosing() {
    Tensor tensor = backend.allocate(2, 2);
    backend.close();
    assertThatThrownBy(tensor::toArray).hasMessage("cuda: the device is closed");
    tensor.close();
    backend.close();
  }
}
