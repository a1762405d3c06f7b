package dev.segue.kernels.cuda;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// What the contracts of a binding share: a context is current on the thread of the test.
interface CudaContract {
  /// Returns the binding under test.
  CudaBinding cuda();

  /// Returns the driver that it calls.
  StandInDriver driver();

  /// Returns the context that is current.
  long context();

  /// Returns memory of the host for one test.
  Arena arena();

  /// Puts numbers into new device memory.
  default long upload(int... values) {
    long address = cuda().allocate((long) values.length * Integer.BYTES);
    cuda()
        .copyToDevice(address, arena().allocateFrom(JAVA_INT, values), CudaBinding.DEFAULT_STREAM);
    return address;
  }

  /// Returns numbers of device memory after all work.
  default int[] download(long address, int count) {
    MemorySegment target = arena().allocate(JAVA_INT, count);
    cuda().synchroniseContext();
    cuda().copyToHost(target, address, CudaBinding.DEFAULT_STREAM);
    cuda().synchroniseContext();
    return target.toArray(JAVA_INT);
  }

  /// Loads the stand-in's own kernels.
  default long ownModule() {
    return cuda().loadModule(arena().allocateFrom(driver().ownKernels()));
  }

  /// Returns an array of pointers to an address and a number.
  default MemorySegment parameters(long address, int number) {
    MemorySegment pointers = arena().allocate(ADDRESS, 2);
    pointers.setAtIndex(ADDRESS, 0, arena().allocateFrom(JAVA_LONG, address));
    pointers.setAtIndex(ADDRESS, 1, arena().allocateFrom(JAVA_INT, number));
    return pointers;
  }
}
