package dev.segue.kernels.cuda;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.kernels.cuda.CudaBinding.Grid;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What the stand-in refuses that a program must not do, and that work waits until it is waited
/// for.
class CudaStandInDriverTest {
  private static final int INVALID_VALUE = 1;
  private static final int OUT_OF_MEMORY = 2;
  private static final int INVALID_CONTEXT = 201;
  private static final int INVALID_HANDLE = 400;
  private static final int ILLEGAL_ADDRESS = 700;
  private static final int LAUNCH_OUT_OF_RESOURCES = 701;
  private static final int CONTEXT_IS_DESTROYED = 709;

  private final StandInDriver driver = StandInDriver.load();
  private final StandInDevice device = StandInDevice.open(driver);
  private final CudaBinding binding = device.binding;

  @AfterEach
  void close() {
    device.close();
  }

  private static void assertRefused(int code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            CudaException.class, failure -> assertThat(failure.code()).isEqualTo(code));
  }

  @Test
  void aThreadWithoutAContextIsRefused() {
    CompletableFuture<Void> other =
        CompletableFuture.runAsync(
            () -> assertRefused(INVALID_CONTEXT, () -> binding.allocate(4)),
            task -> Thread.ofPlatform().start(task));
    assertThat(other).succeedsWithin(java.time.Duration.ofMinutes(1));
    assertThat(driver.report()).contains("no context is current on this thread");
  }

  @Test
  void aContextThatHasEndedIsRefused() {
    binding.releaseContext(0);
    assertRefused(CONTEXT_IS_DESTROYED, () -> binding.allocate(4));
  }

  @Test
  void whatAContextLeavesBehindIsCounted() {
    binding.allocate(4);
    binding.createEvent(false);
    // With the stream and the module of the device.
    binding.releaseContext(0);
    assertThat(driver.count("leaks")).isEqualTo(4);
    assertThat(driver.count("alive")).isZero();
  }

  @Test
  void whatIsAliveIsCountedByKind() {
    assertThat(driver.count("allocations")).isZero();
    long address = binding.allocate(1000);
    MemorySegment pinned = binding.allocatePinned(8);
    long event = binding.createEvent(true);
    assertThat(driver.count("allocations")).isEqualTo(1);
    assertThat(driver.count("allocatedBytes")).isEqualTo(1000);
    assertThat(driver.count("pinned")).isEqualTo(1);
    assertThat(driver.count("events")).isEqualTo(1);
    assertThat(driver.count("streams")).isEqualTo(1);
    assertThat(driver.count("modules")).isEqualTo(1);
    assertThat(driver.count("contexts")).isEqualTo(1);
    assertThat(driver.count("alive")).isEqualTo(6);

    binding.free(address);
    binding.freePinned(pinned);
    binding.destroyEvent(event);
    binding.unloadModule(device.module);
    binding.destroyStream(device.stream);
    binding.releaseContext(0);
    assertThat(driver.count("alive")).isZero();
    assertThat(driver.count("leaks")).isZero();
  }

  @Test
  void memoryIsFreedOnce() {
    long address = binding.allocate(16);
    binding.free(address);
    assertRefused(INVALID_VALUE, () -> binding.free(address));
    long other = binding.allocate(16);
    assertRefused(INVALID_VALUE, () -> binding.free(other + 8));
  }

  @Test
  void copiesStayWithinAnAllocation() {
    long address = binding.allocate(16);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment five = arena.allocate(20);
      assertRefused(INVALID_VALUE, () -> binding.copyToDevice(address, five, device.stream));
      assertRefused(INVALID_VALUE, () -> binding.copyToHost(five, address, device.stream));
      assertRefused(INVALID_VALUE, () -> binding.fill(address + 4, 0, 4, device.stream));
      assertRefused(INVALID_VALUE, () -> binding.copyOnDevice(address, address, 20, device.stream));
    }
    assertThat(driver.report()).contains("within one allocation", "20 bytes");
  }

  @Test
  void newMemoryIsNaN() {
    assertThat(device.readFloats(binding.allocate(8), 2)).containsExactly(Float.NaN, Float.NaN);
  }

  @Test
  void memoryRunsOut() {
    driver.set("memory", 1 << 20);
    binding.allocate(1 << 19);
    assertThat(binding.freeMemory()).isEqualTo(1 << 19);
    assertRefused(OUT_OF_MEMORY, () -> binding.allocate((1 << 19) + 1));
  }

  @Test
  void workIsDoneWhenSomebodyWaits() {
    long values = device.ints(1, 2, 3);
    device.synchronise();
    MemorySegment pinned = device.pinned(0, 0, 0);
    device.launch("add_one", Grid.of(1, 32), values, 3);
    binding.copyToHost(pinned, values, device.stream);

    assertThat(pinned.toArray(JAVA_INT)).containsExactly(-1, -1, -1);
    device.synchronise();
    assertThat(pinned.toArray(JAVA_INT)).containsExactly(2, 3, 4);
  }

  @Test
  void workIsDoneAtOnceWhereATestWantsIt() {
    driver.set("eager", 1);
    long values = device.ints(1);
    MemorySegment pinned = device.pinned(0);
    device.launch("add_one", Grid.of(1, 32), values, 1);
    binding.copyToHost(pinned, values, device.stream);
    assertThat(pinned.toArray(JAVA_INT)).containsExactly(2);
  }

  @Test
  void pinnedMemoryIsReadWhenTheCopyIsDone() {
    MemorySegment pinned = device.pinned(1);
    long values = binding.allocate(4);
    binding.copyToDevice(values, pinned, device.stream);
    pinned.setAtIndex(JAVA_INT, 0, 2);
    assertThat(device.readInts(values, 1)).containsExactly(2);
  }

  @Test
  void otherMemoryIsReadAtOnce() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment plain = arena.allocateFrom(JAVA_INT, 1);
      long values = binding.allocate(4);
      binding.copyToDevice(values, plain, device.stream);
      plain.setAtIndex(JAVA_INT, 0, 2);
      assertThat(device.readInts(values, 1)).containsExactly(1);
    }
  }

  @Test
  void streamsDoNotWaitForEachOtherUnlessTold() {
    long values = device.ints(1);
    device.synchronise();
    device.launch("add_one", Grid.of(1, 32), values, 1);
    long other = binding.createStream();
    MemorySegment pinned = device.pinned(0);
    binding.copyToHost(pinned, values, other);
    binding.synchroniseStream(other);
    assertThat(pinned.toArray(JAVA_INT)).containsExactly(1);

    long event = binding.createEvent(false);
    binding.recordEvent(event, device.stream);
    binding.waitForEvent(other, event);
    binding.copyToHost(pinned, values, other);
    binding.synchroniseStream(other);
    assertThat(pinned.toArray(JAVA_INT)).containsExactly(2);
  }

  @Test
  void timedEventsTellTheTimeBetweenThem() {
    long start = binding.createEvent(true);
    long end = binding.createEvent(true);
    binding.recordEvent(start, device.stream);
    binding.recordEvent(end, device.stream);
    assertThatThrownBy(() -> binding.elapsedMillis(start, end))
        .hasMessageContaining("CUDA_ERROR_NOT_READY");
    binding.synchroniseEvent(end);
    assertThat(binding.elapsedMillis(start, end)).isNotNegative();

    long untimed = binding.createEvent(false);
    binding.recordEvent(untimed, device.stream);
    assertRefused(INVALID_HANDLE, () -> binding.elapsedMillis(start, untimed));
  }

  @Test
  void whatHasEndedIsNoHandleAnyMore() {
    long event = binding.createEvent(false);
    binding.destroyEvent(event);
    assertRefused(INVALID_HANDLE, () -> binding.recordEvent(event, device.stream));
    assertRefused(INVALID_HANDLE, () -> binding.destroyEvent(event));
    long stream = binding.createStream();
    binding.destroyStream(stream);
    assertRefused(INVALID_HANDLE, () -> binding.synchroniseStream(stream));
    long values = device.ints(1);
    long function = device.function("add_one");
    MemorySegment parameters = device.parameters(values, 1);
    binding.unloadModule(device.module);
    assertRefused(
        INVALID_HANDLE, () -> binding.launch(function, Grid.of(1, 1), device.stream, parameters));
  }

  @Test
  void launchesKeepToTheLimits() {
    long values = device.ints(new int[64]);
    long add = device.function("add_one");
    MemorySegment parameters = device.parameters(values, 1);
    Grid[] tooLarge = {
      Grid.of(0, 32),
      Grid.of(1, 0),
      Grid.of(1, 1025),
      new Grid(1, 65_536, 1, 32, 0, 1),
      new Grid(1, 1, 65_536, 32, 0, 1),
      new Grid(1, 1, 1, 32, 48 * 1024 + 1, 1),
      new Grid(9, 1, 1, 32, 0, 9),
      new Grid(3, 1, 1, 32, 0, 2),
    };
    for (Grid grid : tooLarge) {
      assertRefused(INVALID_VALUE, () -> binding.launch(add, grid, device.stream, parameters));
    }
    // Without __launch_bounds__ the registers of so many threads may be too few.
    assertRefused(
        LAUNCH_OUT_OF_RESOURCES,
        () -> binding.launch(add, Grid.of(1, 257), device.stream, parameters));
    assertThat(driver.count("launches")).isZero();
  }

  @Test
  void theTextOfAKernelSaysHowManyThreadsItTakes() {
    assertThat(threadsTaken(".maxntid 64, 1, 1", 64)).isTrue();
    assertThat(threadsTaken(".maxntid 64, 1, 1", 65)).isFalse();
    assertThat(threadsTaken(".maxntid 1024, 1, 1", 1024)).isTrue();
  }

  private boolean threadsTaken(String directive, int threads) {
    long add = function("add_one", directive);
    try {
      binding.launch(add, Grid.of(1, threads), device.stream, device.parameters(device.ints(1), 1));
      return true;
    } catch (CudaException e) {
      return false;
    }
  }

  @Test
  void theTextOfAKernelSaysHowLargeItsClustersAre() {
    long sum = function("sum_over_cluster", ".explicitcluster\n.reqnctapercluster 4, 1, 1");
    long from = device.floats(1, 2, 3, 4);
    long to = device.floats(0, 0, 0, 0);
    binding.launch(sum, new Grid(4, 1, 1, 1, 16, 1), device.stream, device.parameters(from, to, 4));
    assertThat(device.readFloats(to, 4)).containsExactly(10, 10, 10, 10);
  }

  /// A kernel whose text has a directive more.
  private long function(String kernel, String directive) {
    String ptx = driver.ownKernels();
    int body = ptx.indexOf('{', ptx.indexOf(".entry " + kernel + "("));
    String text = ptx.substring(0, body) + directive + "\n" + ptx.substring(body);
    try (Arena arena = Arena.ofConfined()) {
      return binding.function(binding.loadModule(arena.allocateFrom(text)), kernel);
    }
  }

  @Test
  void moreSharedMemoryIsAllowedUpToTheDevicesLimit() {
    long values = device.ints(new int[1]);
    long function = device.function("writes_shared_at");
    binding.allowSharedMemory(function, 227 * 1024);
    Grid all = new Grid(1, 1, 1, 1, 227 * 1024, 1);
    binding.launch(function, all, device.stream, device.parameters(values, 227 * 256 - 1));
    device.synchronise();
    assertRefused(INVALID_VALUE, () -> binding.allowSharedMemory(function, 227 * 1024 + 1));

    driver.set("capability", 75);
    assertRefused(INVALID_VALUE, () -> binding.allowSharedMemory(function, 64 * 1024 + 1));
  }

  @Test
  void clustersNeedCapability9() {
    driver.set("capability", 80);
    long values = device.ints(new int[64]);
    assertRefused(
        INVALID_VALUE, () -> device.launch("add_one", new Grid(2, 1, 1, 32, 0, 2), values, 64));
  }

  @Test
  void aCallFailsWhenATestAsksForIt() {
    driver.failAt("cuMemAlloc_v2", 2, OUT_OF_MEMORY);
    binding.allocate(4);
    assertRefused(OUT_OF_MEMORY, () -> binding.allocate(4));
    binding.allocate(4);
    assertThat(driver.count("cuMemAlloc_v2")).isEqualTo(3);
  }

  @Test
  void modulesOfOtherDevicesAndDriversAreRefused() {
    String ptx = driver.ownKernels();
    driver.set("driverVersion", 11_080);
    assertThatThrownBy(() -> load(ptx.replace(".version 7.0", ".version 9.0")))
        .hasMessageContaining("CUDA_ERROR_UNSUPPORTED_PTX_VERSION")
        .hasMessageContaining("newer than the driver");
    assertThatThrownBy(() -> load(ptx.replace("sm_75", "sm_100")))
        .hasMessageContaining("CUDA_ERROR_NO_BINARY_FOR_GPU");
    assertThatThrownBy(() -> load("nothing")).hasMessageContaining("CUDA_ERROR_INVALID_IMAGE");
    assertThatThrownBy(() -> load(ptx.replace(".entry add_one(", ".entry add_two(")))
        .hasMessageContaining("add_two has no kernel in the sources");
    assertThatThrownBy(() -> load(ptx.replace("add_one_param_1[4]", "add_one_param_1[8]")))
        .hasMessageContaining("add_one has other parameters");
    assertThatThrownBy(() -> device.function("no_such_kernel"))
        .hasMessageContaining("CUDA_ERROR_NOT_FOUND");
  }

  private void load(String ptx) {
    try (Arena arena = Arena.ofConfined()) {
      binding.loadModule(arena.allocateFrom(ptx));
    }
  }

  @Test
  void peersReachEachOtherWhenAllowed() {
    long values = device.ints(1);
    device.synchronise();
    long peer = binding.retainContext(1);
    binding.setCurrentContext(peer);
    long there = binding.createStream();
    long copy = binding.allocate(4);
    binding.copyToPeer(copy, peer, values, device.context, 4, there);
    binding.synchroniseStream(there);

    binding.setCurrentContext(device.context);
    assertThat(binding.canAccessPeer(0, 1)).isTrue();
    binding.enablePeerAccess(peer);
    binding.enablePeerAccess(peer);
    device.launch("add_one", Grid.of(1, 32), copy, 1);
    device.synchronise();

    // Only one side was allowed.
    binding.setCurrentContext(peer);
    try (Arena arena = Arena.ofConfined()) {
      long module = binding.loadModule(arena.allocateFrom(driver.ownKernels()));
      long add = binding.function(module, "add_one");
      binding.launch(add, Grid.of(1, 32), there, device.parameters(copy, 1));
      binding.synchroniseStream(there);
      binding.launch(add, Grid.of(1, 32), there, device.parameters(values, 1));
      assertRefused(ILLEGAL_ADDRESS, () -> binding.synchroniseStream(there));
    }
  }

  @Test
  void aStreamBelongsToItsContext() {
    long peer = binding.retainContext(1);
    binding.setCurrentContext(peer);
    assertRefused(INVALID_HANDLE, () -> binding.synchroniseStream(device.stream));
  }

  @Test
  void aWriteBehindTheEndIsReported() {
    long values = binding.allocate(4);
    device.launch("writes_at", Grid.of(1, 1), values, 1L);
    device.synchronise();
    binding.free(values);
    assertThat(driver.report()).contains("behind the end of an allocation of 4 bytes, at byte 4");
  }
}
