package dev.segue.kernels.cuda;

import java.lang.foreign.MemorySegment;

/// The calls of the CUDA driver (`libcuda`) that the backend needs, and no others. Handles and
/// device addresses are plain numbers, as they are in C.
///
/// A call that the driver refuses throws a [CudaException] with the driver's name for the reason.
/// Calls that take a stream return before the work is done. All calls but [#driverVersion],
/// [#deviceCount], [#device] and [#retainContext] need a context that is current on the calling
/// thread, so all of them belong to one platform thread.
///
/// Source of names, meanings and numbers: the CUDA driver API, `cuda.h` of CUDA 11.8 to 13.
public interface CudaBinding {
  /// The stream that a context has from the start, 0.
  long DEFAULT_STREAM = 0;

  /// Returns `panama` or `jcuda`.
  String name();

  /// Returns which file the driver is: `libcuda.so.1`, with its folder where one is known.
  String library();

  /// Returns whether kernels can be launched in clusters, on devices that have them.
  boolean canLaunchClusters();

  /// Returns the newest CUDA version that the driver knows, as 1000 · major + 10 · minor.
  int driverVersion();

  /// Returns the number of devices.
  int deviceCount();

  /// Describes a device.
  ///
  /// @param ordinal from 0
  DeviceInfo device(int ordinal);

  /// Returns a device's primary context, which libraries such as cuBLAS share.
  long retainContext(int ordinal);

  /// Gives a primary context back; the last one to do so ends it.
  void releaseContext(int ordinal);

  /// Makes a context the calling thread's own.
  void setCurrentContext(long context);

  /// Waits for all work of the current context; throws what went wrong in it.
  void synchroniseContext();

  /// Returns the free bytes of the current context's device.
  long freeMemory();

  /// Allocates device memory; the address is a multiple of 256.
  ///
  /// @throws CudaException that [CudaException#isOutOfMemory] where there is not enough
  long allocate(long bytes);

  /// Frees device memory.
  void free(long address);

  /// Allocates page-locked memory of the host, from which copies run beside other work.
  MemorySegment allocatePinned(long bytes);

  /// Frees page-locked memory.
  void freePinned(MemorySegment memory);

  /// Copies from the host to the device. Page-locked memory must stay as it is until the stream has
  /// come past the copy; other memory may change when this returns.
  void copyToDevice(long target, MemorySegment source, long stream);

  /// Copies from the device to the host; what is in `target` counts once the stream is
  /// synchronised.
  void copyToHost(MemorySegment target, long source, long stream);

  /// Copies within a device.
  void copyOnDevice(long target, long source, long bytes, long stream);

  /// Copies from one device to another.
  void copyToPeer(
      long target, long targetContext, long source, long sourceContext, long bytes, long stream);

  /// Returns whether a device can read and write another's memory directly.
  boolean canAccessPeer(int device, int peer);

  /// Lets the current context reach the memory of another; nothing happens if it already does.
  void enablePeerAccess(long peerContext);

  /// Sets `words` words of 32 bits to one value.
  void fill(long target, int word, long words, long stream);

  /// Makes a stream that does not wait for the default one.
  long createStream();

  /// Ends a stream.
  void destroyStream(long stream);

  /// Waits until a stream's work is done; throws what went wrong in it.
  void synchroniseStream(long stream);

  /// Makes a stream's later work wait for an event.
  void waitForEvent(long stream, long event);

  /// Makes an event.
  ///
  /// @param timed whether [#elapsedMillis] will be asked of it, which costs a little
  long createEvent(boolean timed);

  /// Ends an event.
  void destroyEvent(long event);

  /// Puts an event behind a stream's work so far.
  void recordEvent(long event, long stream);

  /// Waits until an event has come.
  void synchroniseEvent(long event);

  /// Returns the milliseconds between two timed events that have come.
  float elapsedMillis(long start, long end);

  /// Compiles and loads PTX into the current context.
  ///
  /// @param ptx text ending in a zero byte
  /// @throws CudaException with the compiler's log
  long loadModule(MemorySegment ptx);

  /// Unloads a module.
  void unloadModule(long module);

  /// Returns a kernel of a module.
  long function(long module, String kernel);

  /// Lets a kernel take more dynamic shared memory than the 48 KB that all may take.
  void allowSharedMemory(long function, int bytes);

  /// Returns how many blocks of a kernel fit on a multiprocessor at once.
  int residentBlocks(long function, int threads, int sharedBytes);

  /// Starts a kernel.
  ///
  /// @param grid blocks and threads
  /// @param parameters an array of pointers to the kernel's parameters, in order; both are read
  ///   before this returns
  void launch(long function, Grid grid, long stream, MemorySegment parameters);

  /// Begins to record a stream's work into a graph instead of doing it, for the calling thread.
  void beginCapture(long stream);

  /// Ends the recording and returns the graph.
  long endCapture(long stream);

  /// Makes a graph ready to run.
  long instantiate(long graph);

  /// Runs a graph that is ready.
  void launchGraph(long executable, long stream);

  /// Ends a graph that is ready.
  void destroyExecutable(long executable);

  /// Ends a graph; those made ready from it stay.
  void destroyGraph(long graph);

  /// How many threads run a kernel.
  ///
  /// @param blocksX blocks in x, at most 2³¹ − 1
  /// @param blocksY blocks in y, at most 65,535
  /// @param blocksZ blocks in z, at most 65,535
  /// @param threads threads of a block in x, at most 1,024
  /// @param sharedBytes dynamic shared memory of a block
  /// @param cluster blocks in x that form a cluster, 1 for none; needs compute capability 9
  record Grid(int blocksX, int blocksY, int blocksZ, int threads, int sharedBytes, int cluster) {
    /// Makes a grid in one dimension.
    public static Grid of(int blocks, int threads) {
      return new Grid(blocks, 1, 1, threads, 0, 1);
    }
  }

  /// What a device is.
  ///
  /// @param ordinal from 0
  /// @param name as the driver gives it
  /// @param major compute capability
  /// @param minor compute capability
  /// @param multiprocessors how many there are
  /// @param sharedBytesPerBlock the most dynamic shared memory that a block may ask for
  /// @param secondCacheBytes size of the second cache
  /// @param memoryBytes all device memory
  record DeviceInfo(
      int ordinal,
      String name,
      int major,
      int minor,
      int multiprocessors,
      int sharedBytesPerBlock,
      int secondCacheBytes,
      long memoryBytes) {

    /// Returns the compute capability as 10 · major + minor: 90 for an H200.
    public int capability() {
      return 10 * major + minor;
    }
  }
}
