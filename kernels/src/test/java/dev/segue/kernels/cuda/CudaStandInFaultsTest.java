package dev.segue.kernels.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.segue.kernels.cuda.CudaBinding.Grid;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Each way in which a kernel can be wrong that the stand-in claims to find, by a kernel of
/// `faulty.cu` that is wrong in this way.
class CudaStandInFaultsTest {
  private static final int ILLEGAL_ADDRESS = 700;
  private static final int MISALIGNED = 716;
  private static final int LAUNCH_FAILED = 719;

  private final StandInDriver driver = StandInDriver.load();
  private final StandInDevice device = StandInDevice.open(driver);

  @AfterEach
  void close() {
    device.close();
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        arguments("barrier_missed_by_ended", List.of(), LAUNCH_FAILED, "of its block have ended"),
        arguments("barrier_in_both_branches", List.of(), LAUNCH_FAILED, "others at faulty.cu:"),
        arguments("waits_for_ever", List.of(), LAUNCH_FAILED, "32 in all, 0 have ended"),
        arguments("shuffle_outside_of_mask", List.of(), LAUNCH_FAILED, "not in the mask"),
        arguments("shuffle_reads_ended_lane", List.of(), LAUNCH_FAILED, "ends while its warp"),
        arguments("shuffle_with_two_masks", List.of(), LAUNCH_FAILED, "ends while its warp"),
        arguments("shuffle_meets_vote", List.of(), LAUNCH_FAILED, " meets block 0 thread "),
        arguments("traps", List.of(), LAUNCH_FAILED, "__trap()"),
        arguments("writes_at", List.of(64L), ILLEGAL_ADDRESS, "outside of the memory"),
        arguments("writes_at", List.of(1L << 20), ILLEGAL_ADDRESS, "outside of the memory"),
        arguments("writes_at", List.of(-100_000L), ILLEGAL_ADDRESS, "outside of the memory"),
        arguments("writes_shared_at", List.of(64), ILLEGAL_ADDRESS, "outside of the memory"),
        arguments("reads_vector_at", List.of(1), MISALIGNED, "not aligned"),
        arguments("copies_misaligned", List.of(), MISALIGNED, "not a multiple of 16"));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("faults")
  void aFaultyKernelFailsWhereItIsWaitedFor(
      String kernel, List<Object> more, int code, String reason) {
    Object[] arguments =
        Stream.concat(Stream.of(device.ints(new int[64])), more.stream()).toArray();
    device.launch(kernel, new Grid(1, 1, 1, 32, 256, 1), arguments);

    CudaException failure = catchThrowableOfType(CudaException.class, device::synchronise);
    assertThat(failure.code()).isEqualTo(code);
    assertThat(driver.report()).startsWith("kernel " + kernel).contains(reason);
  }

  @Test
  void aWholeNumberIsNotDividedByZero() {
    assumeTrue(
        System.getProperty("os.arch").equals("amd64"), "skipped: only x86-64 raises a signal");
    device.launch("divides_by", Grid.of(1, 1), device.ints(0), 0);
    assertThatThrownBy(device::synchronise).isInstanceOf(CudaException.class);
    assertThat(driver.report()).contains("divided by zero");
  }

  @Test
  void afterAFaultEveryCallFails() {
    device.launch("traps", Grid.of(1, 32), device.ints(new int[32]));

    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(device::synchronise)
          .isInstanceOfSatisfying(
              CudaException.class,
              failure -> {
                assertThat(failure.code()).isEqualTo(LAUNCH_FAILED);
                assertThat(failure.isFatal()).isTrue();
              });
    }
    assertThatThrownBy(() -> device.binding.allocate(4))
        .isInstanceOfSatisfying(
            CudaException.class, failure -> assertThat(failure.code()).isEqualTo(LAUNCH_FAILED));
  }

  @Test
  void afterAResetKernelsRunAgain() {
    device.launch("waits_for_ever", Grid.of(1, 32), device.ints(new int[32]));
    assertThatThrownBy(device::synchronise).isInstanceOf(CudaException.class);

    StandInDriver.load();
    try (StandInDevice next = StandInDevice.open(driver)) {
      long values = next.ints(1, 2, 3);
      next.launch("add_one", Grid.of(1, 32), values, 3);
      assertThat(next.readInts(values, 3)).containsExactly(2, 3, 4);
    }
  }

  @Test
  void aMissingBarrierComputesNonsense() {
    long result = device.floats(new float[32]);
    device.launch("forgets_barrier", new Grid(1, 1, 1, 32, 128, 1), result);
    assertThat(device.readFloats(result, 32)).contains(Float.NaN);
  }

  @Test
  void aMissingBarrierOfStaticMemoryComputesNonsenseInEveryBlock() {
    long result = device.floats(new float[64]);
    device.launch("forgets_static_barrier", Grid.of(2, 32), result);
    assertThat(device.readFloats(result, 32)).contains(Float.NaN);
    assertThat(device.readFloats(result + 4 * 32, 32)).contains(Float.NaN);
  }

  @Test
  void blocksOfAClusterHaveNoStaticMemory() {
    long result = device.floats(new float[64]);
    device.launch("forgets_static_barrier", new Grid(2, 1, 1, 32, 0, 2), result);
    assertThatThrownBy(device::synchronise).isInstanceOf(CudaException.class);
    assertThat(driver.report()).contains("blocks of a cluster must use dynamic shared memory");
  }

  @Test
  void aCopyThatIsNotWaitedForHasNotCome() {
    long values = device.floats(1, 2, 3, 4);
    long result = device.floats(0);
    device.launch("forgets_to_wait", new Grid(1, 1, 1, 1, 128, 1), values, result);
    assertThat(device.readFloats(result, 1)).containsExactly(Float.NaN);
  }

  @Test
  void theOppositeOrderShowsWhatDependsOnTheOrder() {
    long values = device.ints(0);
    device.launch("depends_on_order", Grid.of(4, 32), values);
    assertThat(device.readInts(values, 1)).containsExactly(3);

    driver.set("lastFirst", 1);
    device.launch("depends_on_order", Grid.of(4, 32), values);
    assertThat(device.readInts(values, 1)).containsExactly(0);
  }

  @Test
  void aBlockOfAClusterMustNotEndBeforeItsMemoryIsRead() {
    long result = device.floats(new float[32]);
    device.launch("cluster_ends_early", new Grid(2, 1, 1, 32, 128, 2), result);
    assertThatThrownBy(device::synchronise)
        .isInstanceOfSatisfying(
            CudaException.class, failure -> assertThat(failure.code()).isEqualTo(ILLEGAL_ADDRESS));
  }

  @Test
  void aClusterHasOnlyItsBlocks() {
    long result = device.floats(0);
    device.launch("cluster_has_no_such_block", new Grid(2, 1, 1, 1, 128, 2), result);
    assertThatThrownBy(device::synchronise).isInstanceOf(CudaException.class);
    assertThat(driver.report()).contains("the cluster has no such block");
  }

  @Test
  void aKernelReachesNoMemoryOfTheHost() {
    device.launch("add_one", Grid.of(1, 32), 4096L, 1);
    assertThatThrownBy(device::synchronise).isInstanceOf(CudaException.class);
    assertThat(driver.report()).contains("parameter 0 points to no memory of the device");
  }

  @Test
  void memoryThatHasBeenFreedIsGone() {
    long values = device.ints(1);
    device.launch("writes_at", Grid.of(1, 1), values, 0L);
    device.synchronise();
    device.binding.free(values);
    device.launch("writes_at", Grid.of(1, 1), values, 0L);
    assertThatThrownBy(device::synchronise)
        .isInstanceOfSatisfying(
            CudaException.class, failure -> assertThat(failure.code()).isEqualTo(ILLEGAL_ADDRESS));
  }
}
