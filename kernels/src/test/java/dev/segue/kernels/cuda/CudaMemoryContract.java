package dev.segue.kernels.cuda;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

/// Memory and copies.
interface CudaMemoryContract extends CudaContract {
  @Test
  default void memoryIsAllocatedAtMultiplesOf256AndFreed() {
    long free = cuda().freeMemory();
    long first = cuda().allocate(1);
    long second = cuda().allocate(1000);

    assertThat(first % 256).isZero();
    assertThat(second % 256).isZero();
    assertThat(cuda().freeMemory()).isEqualTo(free - 1001);

    cuda().free(first);
    cuda().free(second);
    assertThat(cuda().freeMemory()).isEqualTo(free);
    assertThat(driver().count("allocations")).isZero();
  }

  @Test
  default void outOfMemoryIsSaidWithTheSizeAndLeavesTheRestUsable() {
    driver().set("memory", 1 << 20);

    assertThatThrownBy(() -> cuda().allocate(2_000_000))
        .isInstanceOfSatisfying(
            CudaException.class,
            e -> {
              assertThat(e.isOutOfMemory()).isTrue();
              assertThat(e.isFatal()).isFalse();
            })
        .hasMessage("cuda: cuMemAlloc: CUDA_ERROR_OUT_OF_MEMORY (2): 2000000 bytes");

    cuda().free(cuda().allocate(1 << 20));
  }

  @Test
  default void memoryCannotBeFreedTwice() {
    long address = cuda().allocate(4);
    cuda().free(address);

    assertThatThrownBy(() -> cuda().free(address))
        .hasMessage("cuda: cuMemFree: CUDA_ERROR_INVALID_VALUE (1)");
  }

  @Test
  default void pageableMemoryMayChangeOnceItsCopyIsAskedFor() {
    MemorySegment source = arena().allocateFrom(JAVA_INT, 1, 2, 3);
    long address = cuda().allocate(source.byteSize());
    cuda().copyToDevice(address, source, CudaBinding.DEFAULT_STREAM);
    source.fill((byte) 0);

    assertThat(download(address, 3)).containsExactly(1, 2, 3);
    cuda().free(address);
  }

  @Test
  default void pinnedMemoryIsCopiedInTheStreamsOrder() {
    MemorySegment pinned = cuda().allocatePinned(12);
    assertThat(pinned.byteSize()).isEqualTo(12);
    assertThat(driver().count("pinned")).isEqualTo(1);
    pinned.setAtIndex(JAVA_INT, 2, 7);
    long address = cuda().allocate(12);
    long stream = cuda().createStream();

    cuda().copyToDevice(address, pinned, stream);
    cuda().synchroniseStream(stream);
    pinned.fill((byte) 0);
    cuda().copyToHost(pinned, address, stream);
    cuda().synchroniseStream(stream);

    assertThat(pinned.getAtIndex(JAVA_INT, 2)).isEqualTo(7);
    cuda().destroyStream(stream);
    cuda().free(address);
    cuda().freePinned(pinned);
    assertThat(driver().count("pinned")).isZero();
  }

  @Test
  default void copiesWithinTheDeviceAndFillsTakeOffsets() {
    long address = upload(1, 2, 3, 4, 5, 6);
    cuda().copyOnDevice(address + 4, address + 16, 8, CudaBinding.DEFAULT_STREAM);
    cuda().fill(address + 12, 0xdeadbeef, 2, CudaBinding.DEFAULT_STREAM);

    assertThat(download(address, 6)).containsExactly(1, 5, 6, 0xdeadbeef, 0xdeadbeef, 6);
    cuda().free(address);
  }

  @Test
  default void aSliceOfASegmentIsCopied() {
    MemorySegment source = arena().allocateFrom(JAVA_INT, 1, 2, 3, 4);
    long address = cuda().allocate(8);
    cuda().copyToDevice(address, source.asSlice(4, 8), CudaBinding.DEFAULT_STREAM);

    assertThat(download(address, 2)).containsExactly(2, 3);
    cuda().free(address);
  }

  @Test
  default void memoryOfTheJavaHeapIsRefused() {
    long address = cuda().allocate(8);
    MemorySegment onHeap = MemorySegment.ofArray(new int[2]);

    assertThatThrownBy(() -> cuda().copyToDevice(address, onHeap, CudaBinding.DEFAULT_STREAM))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Heap segment not allowed");
    cuda().free(address);
  }

  @Test
  default void memoryThatIsGoneIsRefused() {
    long address = cuda().allocate(8);
    MemorySegment gone;
    try (Arena closed = Arena.ofConfined()) {
      gone = closed.allocate(8);
    }

    assertThatThrownBy(() -> cuda().copyToDevice(address, gone, CudaBinding.DEFAULT_STREAM))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Already closed");
    cuda().free(address);
  }

  @Test
  default void aPeersMemoryIsCopiedAndReached() {
    driver().set("devices", 2);
    long other = cuda().retainContext(1);
    assertThat(cuda().canAccessPeer(0, 1)).isTrue();
    assertThat(cuda().canAccessPeer(0, 0)).isFalse();
    cuda().enablePeerAccess(other);
    cuda().enablePeerAccess(other);

    long source = upload(4, 5, 6);
    cuda().synchroniseContext();
    cuda().setCurrentContext(other);
    long target = cuda().allocate(12);
    cuda().setCurrentContext(context());
    cuda().copyToPeer(target, other, source, context(), 12, CudaBinding.DEFAULT_STREAM);
    cuda().synchroniseContext();
    cuda().free(source);
    cuda().setCurrentContext(other);

    assertThat(download(target, 3)).containsExactly(4, 5, 6);
    cuda().free(target);
    cuda().setCurrentContext(context());
    cuda().releaseContext(1);
  }

  @Test
  default void devicesWithoutAWayToEachOtherAreNotPeers() {
    driver().set("devices", 2);
    driver().set("peers", 0);
    long other = cuda().retainContext(1);

    assertThat(cuda().canAccessPeer(0, 1)).isFalse();
    assertThatThrownBy(() -> cuda().enablePeerAccess(other))
        .hasMessage("cuda: cuCtxEnablePeerAccess: CUDA_ERROR_PEER_ACCESS_UNSUPPORTED (217)");
    cuda().releaseContext(1);
  }
}
