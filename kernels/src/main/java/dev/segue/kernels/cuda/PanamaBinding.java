package dev.segue.kernels.cuda;

import static dev.segue.kernels.cuda.CudaDriver.CUDA_ERROR_PEER_ACCESS_ALREADY_ENABLED;
import static dev.segue.kernels.cuda.CudaDriver.CUDA_SUCCESS;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// The driver through `java.lang.foreign`. A call allocates nothing and looks nothing up, but for
/// [#device], [#loadModule], [#function] and the text of an error.
///
/// Results come back in memory of the binding, so two threads must not call it at once.
final class PanamaBinding implements CudaBinding {
  private static final int LONGEST_NAME = 256;

  private final CudaDriver driver;
  private final MemorySegment result = Arena.ofAuto().allocate(JAVA_LONG);
  private final MemorySegment secondResult = Arena.ofAuto().allocate(JAVA_LONG);
  private final ClusterLaunch clusterLaunch;

  PanamaBinding(CudaDriver driver) {
    this.driver = driver;
    this.clusterLaunch = new ClusterLaunch(driver);
  }

  @Override
  public String name() {
    return "panama";
  }

  @Override
  public String library() {
    return driver.path();
  }

  @Override
  public boolean canLaunchClusters() {
    return driver.hasLaunchKernelEx();
  }

  @Override
  public int driverVersion() {
    check("cuDriverGetVersion", driver.cuDriverGetVersion(result));
    return result.get(JAVA_INT, 0);
  }

  @Override
  public int deviceCount() {
    check("cuDeviceGetCount", driver.cuDeviceGetCount(result));
    return result.get(JAVA_INT, 0);
  }

  @Override
  public DeviceInfo device(int ordinal) {
    int device = handle(ordinal);
    return DeviceAttributes.describe(
        ordinal,
        deviceName(device),
        totalMemory(device),
        attribute -> attribute(attribute, device));
  }

  private int handle(int ordinal) {
    check("cuDeviceGet", driver.cuDeviceGet(result, ordinal));
    return result.get(JAVA_INT, 0);
  }

  private String deviceName(int device) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocate(LONGEST_NAME);
      check("cuDeviceGetName", driver.cuDeviceGetName(name, LONGEST_NAME, device));
      return name.getString(0);
    }
  }

  private int attribute(int attribute, int device) {
    check("cuDeviceGetAttribute", driver.cuDeviceGetAttribute(result, attribute, device));
    return result.get(JAVA_INT, 0);
  }

  private long totalMemory(int device) {
    check("cuDeviceTotalMem", driver.cuDeviceTotalMem(result, device));
    return result.get(JAVA_LONG, 0);
  }

  @Override
  public long retainContext(int ordinal) {
    int device = handle(ordinal);
    check("cuDevicePrimaryCtxRetain", driver.cuDevicePrimaryCtxRetain(result, device));
    return result.get(JAVA_LONG, 0);
  }

  @Override
  public void releaseContext(int ordinal) {
    check("cuDevicePrimaryCtxRelease", driver.cuDevicePrimaryCtxRelease(handle(ordinal)));
  }

  @Override
  public void setCurrentContext(long context) {
    check("cuCtxSetCurrent", driver.cuCtxSetCurrent(context));
  }

  @Override
  public void synchroniseContext() {
    check("cuCtxSynchronize", driver.cuCtxSynchronize());
  }

  @Override
  public long freeMemory() {
    check("cuMemGetInfo", driver.cuMemGetInfo(result, secondResult));
    return result.get(JAVA_LONG, 0);
  }

  @Override
  public long allocate(long bytes) {
    check("cuMemAlloc", driver.cuMemAlloc(result, bytes), bytes);
    return result.get(JAVA_LONG, 0);
  }

  @Override
  public void free(long address) {
    check("cuMemFree", driver.cuMemFree(address));
  }

  @Override
  @SuppressWarnings("restricted") // the module is granted native access, see kernels/README.md
  public MemorySegment allocatePinned(long bytes) {
    int flags = CudaDriver.CU_MEMHOSTALLOC_PORTABLE;
    check("cuMemHostAlloc", driver.cuMemHostAlloc(result, bytes, flags), bytes);
    return result.get(ADDRESS, 0).reinterpret(bytes);
  }

  @Override
  public void freePinned(MemorySegment memory) {
    check("cuMemFreeHost", driver.cuMemFreeHost(memory));
  }

  @Override
  public void copyToDevice(long target, MemorySegment source, long stream) {
    check("cuMemcpyHtoDAsync", driver.cuMemcpyHtoDAsync(target, source, source.byteSize(), stream));
  }

  @Override
  public void copyToHost(MemorySegment target, long source, long stream) {
    check("cuMemcpyDtoHAsync", driver.cuMemcpyDtoHAsync(target, source, target.byteSize(), stream));
  }

  @Override
  public void copyOnDevice(long target, long source, long bytes, long stream) {
    check("cuMemcpyDtoDAsync", driver.cuMemcpyDtoDAsync(target, source, bytes, stream));
  }

  @Override
  public void copyToPeer(
      long target, long targetContext, long source, long sourceContext, long bytes, long stream) {
    check(
        "cuMemcpyPeerAsync",
        driver.cuMemcpyPeerAsync(target, targetContext, source, sourceContext, bytes, stream));
  }

  @Override
  public boolean canAccessPeer(int device, int peer) {
    int deviceHandle = handle(device);
    int peerHandle = handle(peer);
    check("cuDeviceCanAccessPeer", driver.cuDeviceCanAccessPeer(result, deviceHandle, peerHandle));
    return result.get(JAVA_INT, 0) != 0;
  }

  @Override
  public void enablePeerAccess(long peerContext) {
    int code = driver.cuCtxEnablePeerAccess(peerContext, 0);
    if (code != CUDA_ERROR_PEER_ACCESS_ALREADY_ENABLED) {
      check("cuCtxEnablePeerAccess", code);
    }
  }

  @Override
  public void fill(long target, int word, long words, long stream) {
    check("cuMemsetD32Async", driver.cuMemsetD32Async(target, word, words, stream));
  }

  @Override
  public long createStream() {
    check("cuStreamCreate", driver.cuStreamCreate(result, CudaDriver.CU_STREAM_NON_BLOCKING));
    return result.get(JAVA_LONG, 0);
  }

  @Override
  public void destroyStream(long stream) {
    check("cuStreamDestroy", driver.cuStreamDestroy(stream));
  }

  @Override
  public void synchroniseStream(long stream) {
    check("cuStreamSynchronize", driver.cuStreamSynchronize(stream));
  }

  @Override
  public void waitForEvent(long stream, long event) {
    check("cuStreamWaitEvent", driver.cuStreamWaitEvent(stream, event, 0));
  }

  @Override
  public long createEvent(boolean timed) {
    int flags = timed ? CudaDriver.CU_EVENT_DEFAULT : CudaDriver.CU_EVENT_DISABLE_TIMING;
    check("cuEventCreate", driver.cuEventCreate(result, flags));
    return result.get(JAVA_LONG, 0);
  }

  @Override
  public void destroyEvent(long event) {
    check("cuEventDestroy", driver.cuEventDestroy(event));
  }

  @Override
  public void recordEvent(long event, long stream) {
    check("cuEventRecord", driver.cuEventRecord(event, stream));
  }

  @Override
  public void synchroniseEvent(long event) {
    check("cuEventSynchronize", driver.cuEventSynchronize(event));
  }

  @Override
  public float elapsedMillis(long start, long end) {
    check("cuEventElapsedTime", driver.cuEventElapsedTime(result, start, end));
    return result.get(JAVA_FLOAT, 0);
  }

  @Override
  public long loadModule(MemorySegment ptx) {
    try (Arena arena = Arena.ofConfined()) {
      JitLog log = new JitLog(arena);
      int code =
          driver.cuModuleLoadDataEx(
              result, ptx, JitLog.keyNumbers().length, log.keys(), log.values());
      if (code != CUDA_SUCCESS) {
        throw refusal("cuModuleLoadDataEx", code, log.text());
      }
      return result.get(JAVA_LONG, 0);
    }
  }

  @Override
  public void unloadModule(long module) {
    check("cuModuleUnload", driver.cuModuleUnload(module));
  }

  @Override
  public long function(long module, String kernel) {
    try (Arena arena = Arena.ofConfined()) {
      int code = driver.cuModuleGetFunction(result, module, arena.allocateFrom(kernel));
      if (code != CUDA_SUCCESS) {
        throw refusal("cuModuleGetFunction", code, kernel);
      }
      return result.get(JAVA_LONG, 0);
    }
  }

  @Override
  public void allowSharedMemory(long function, int bytes) {
    int attribute = CudaDriver.CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES;
    check("cuFuncSetAttribute", driver.cuFuncSetAttribute(function, attribute, bytes), bytes);
  }

  @Override
  public int residentBlocks(long function, int threads, int sharedBytes) {
    check(
        "cuOccupancyMaxActiveBlocksPerMultiprocessor",
        driver.cuOccupancyMaxActiveBlocksPerMultiprocessor(result, function, threads, sharedBytes));
    return result.get(JAVA_INT, 0);
  }

  @Override
  public void launch(long function, Grid grid, long stream, MemorySegment parameters) {
    int code =
        grid.cluster() > 1
            ? clusterLaunch.launch(function, grid, stream, parameters)
            : launchBlocks(function, grid, stream, parameters);
    if (code != CUDA_SUCCESS) {
      String call = grid.cluster() > 1 ? "cuLaunchKernelEx" : "cuLaunchKernel";
      throw refusal(call, code, grid.toString());
    }
  }

  private int launchBlocks(long function, Grid grid, long stream, MemorySegment parameters) {
    return driver.cuLaunchKernel(
        function,
        grid.blocksX(),
        grid.blocksY(),
        grid.blocksZ(),
        grid.threads(),
        1,
        1,
        grid.sharedBytes(),
        stream,
        parameters,
        MemorySegment.NULL);
  }

  @Override
  public void beginCapture(long stream) {
    int mode = CudaDriver.CU_STREAM_CAPTURE_MODE_THREAD_LOCAL;
    check("cuStreamBeginCapture", driver.cuStreamBeginCapture(stream, mode));
  }

  @Override
  public long endCapture(long stream) {
    check("cuStreamEndCapture", driver.cuStreamEndCapture(stream, result));
    return result.get(JAVA_LONG, 0);
  }

  @Override
  public long instantiate(long graph) {
    check("cuGraphInstantiate", driver.cuGraphInstantiateWithFlags(result, graph, 0));
    return result.get(JAVA_LONG, 0);
  }

  @Override
  public void launchGraph(long executable, long stream) {
    check("cuGraphLaunch", driver.cuGraphLaunch(executable, stream));
  }

  @Override
  public void destroyExecutable(long executable) {
    check("cuGraphExecDestroy", driver.cuGraphExecDestroy(executable));
  }

  @Override
  public void destroyGraph(long graph) {
    check("cuGraphDestroy", driver.cuGraphDestroy(graph));
  }

  private void check(String call, int code) {
    if (code != CUDA_SUCCESS) {
      throw refusal(call, code, "");
    }
  }

  private void check(String call, int code, long bytes) {
    if (code != CUDA_SUCCESS) {
      throw refusal(call, code, bytes + " bytes");
    }
  }

  private CudaException refusal(String call, int code, String detail) {
    return CudaException.ofDriver(call, code, driver.errorName(code), detail);
  }
}
