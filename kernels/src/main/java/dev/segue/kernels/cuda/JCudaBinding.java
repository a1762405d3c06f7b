package dev.segue.kernels.cuda;

import static dev.segue.kernels.cuda.CudaDriver.CUDA_ERROR_NOT_SUPPORTED;
import static dev.segue.kernels.cuda.CudaDriver.CUDA_ERROR_PEER_ACCESS_ALREADY_ENABLED;
import static dev.segue.kernels.cuda.CudaDriver.CUDA_SUCCESS;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import jcuda.Pointer;
import jcuda.driver.CUcontext;
import jcuda.driver.CUdevice;
import jcuda.driver.CUevent;
import jcuda.driver.CUfunction;
import jcuda.driver.CUgraph;
import jcuda.driver.CUgraphExec;
import jcuda.driver.CUmodule;
import jcuda.driver.CUstream;
import jcuda.driver.JCudaDriver;

/// The driver through JCuda, which calls it by JNI. A handle is the number of JCuda's object, and
/// each call makes the objects that JCuda asks for.
final class JCudaBinding implements CudaBinding {
  private static final int LONGEST_NAME = 256;

  private final String library;
  private final JCudaHandles<CUcontext> contexts = new JCudaHandles<>(new CUcontext());
  private final JCudaHandles<CUstream> streams = new JCudaHandles<>(new CUstream());
  private final JCudaHandles<CUevent> events = new JCudaHandles<>(new CUevent());
  private final JCudaHandles<CUmodule> modules = new JCudaHandles<>(new CUmodule());
  private final JCudaHandles<CUfunction> functions = new JCudaHandles<>(new CUfunction());
  private final JCudaHandles<CUgraph> graphs = new JCudaHandles<>(new CUgraph());
  private final JCudaHandles<CUgraphExec> executables = new JCudaHandles<>(new CUgraphExec());
  private final int[] result = new int[1];

  JCudaBinding(String library) {
    this.library = library;
  }

  /// Returns JCuda's object for a stream.
  CUstream stream(String call, long stream) {
    return streams.get(call, stream);
  }

  @Override
  public String name() {
    return "jcuda";
  }

  @Override
  public String library() {
    return library;
  }

  @Override
  public boolean canLaunchClusters() {
    return false;
  }

  @Override
  public int driverVersion() {
    check("cuDriverGetVersion", JCudaDriver.cuDriverGetVersion(result));
    return result[0];
  }

  @Override
  public int deviceCount() {
    check("cuDeviceGetCount", JCudaDriver.cuDeviceGetCount(result));
    return result[0];
  }

  @Override
  public DeviceInfo device(int ordinal) {
    CUdevice device = handle(ordinal);
    return DeviceAttributes.describe(
        ordinal,
        deviceName(device),
        totalMemory(device),
        attribute -> attribute(attribute, device));
  }

  private CUdevice handle(int ordinal) {
    CUdevice device = new CUdevice();
    check("cuDeviceGet", JCudaDriver.cuDeviceGet(device, ordinal));
    return device;
  }

  private String deviceName(CUdevice device) {
    byte[] name = new byte[LONGEST_NAME];
    check("cuDeviceGetName", JCudaDriver.cuDeviceGetName(name, LONGEST_NAME, device));
    return MemorySegment.ofArray(name).getString(0);
  }

  private int attribute(int attribute, CUdevice device) {
    check("cuDeviceGetAttribute", JCudaDriver.cuDeviceGetAttribute(result, attribute, device));
    return result[0];
  }

  private long totalMemory(CUdevice device) {
    long[] bytes = new long[1];
    check("cuDeviceTotalMem", JCudaDriver.cuDeviceTotalMem(bytes, device));
    return bytes[0];
  }

  @Override
  public long retainContext(int ordinal) {
    CUdevice device = handle(ordinal);
    CUcontext context = new CUcontext();
    check("cuDevicePrimaryCtxRetain", JCudaDriver.cuDevicePrimaryCtxRetain(context, device));
    return contexts.add(context);
  }

  @Override
  public void releaseContext(int ordinal) {
    CUdevice device = handle(ordinal);
    check("cuDevicePrimaryCtxRelease", JCudaDriver.cuDevicePrimaryCtxRelease(device));
  }

  @Override
  public void setCurrentContext(long context) {
    CUcontext object = contexts.get("cuCtxSetCurrent", context);
    check("cuCtxSetCurrent", JCudaDriver.cuCtxSetCurrent(object));
  }

  @Override
  public void synchroniseContext() {
    check("cuCtxSynchronize", JCudaDriver.cuCtxSynchronize());
  }

  @Override
  public long freeMemory() {
    long[] free = new long[1];
    check("cuMemGetInfo", JCudaDriver.cuMemGetInfo(free, new long[1]));
    return free[0];
  }

  @Override
  public long allocate(long bytes) {
    JCudaAddress address = new JCudaAddress();
    check("cuMemAlloc", JCudaDriver.cuMemAlloc(address, bytes), bytes);
    return address.value();
  }

  @Override
  public void free(long address) {
    check("cuMemFree", JCudaDriver.cuMemFree(new JCudaAddress(address)));
  }

  @Override
  @SuppressWarnings("restricted") // the module is granted native access, see kernels/README.md
  public MemorySegment allocatePinned(long bytes) {
    JCudaMemory memory = new JCudaMemory();
    int flags = CudaDriver.CU_MEMHOSTALLOC_PORTABLE;
    check("cuMemHostAlloc", JCudaDriver.cuMemHostAlloc(memory, bytes, flags), bytes);
    return MemorySegment.ofAddress(memory.value()).reinterpret(bytes);
  }

  @Override
  public void freePinned(MemorySegment memory) {
    check("cuMemFreeHost", JCudaDriver.cuMemFreeHost(JCudaMemory.of(memory)));
  }

  @Override
  public void copyToDevice(long target, MemorySegment source, long stream) {
    String call = "cuMemcpyHtoDAsync";
    int code =
        JCudaDriver.cuMemcpyHtoDAsync(
            new JCudaAddress(target),
            JCudaMemory.of(source),
            source.byteSize(),
            streams.get(call, stream));
    check(call, code);
  }

  @Override
  public void copyToHost(MemorySegment target, long source, long stream) {
    String call = "cuMemcpyDtoHAsync";
    int code =
        JCudaDriver.cuMemcpyDtoHAsync(
            JCudaMemory.of(target),
            new JCudaAddress(source),
            target.byteSize(),
            streams.get(call, stream));
    check(call, code);
  }

  @Override
  public void copyOnDevice(long target, long source, long bytes, long stream) {
    String call = "cuMemcpyDtoDAsync";
    check(
        call,
        JCudaDriver.cuMemcpyDtoDAsync(
            new JCudaAddress(target), new JCudaAddress(source), bytes, streams.get(call, stream)));
  }

  @Override
  public void copyToPeer(
      long target, long targetContext, long source, long sourceContext, long bytes, long stream) {
    String call = "cuMemcpyPeerAsync";
    check(
        call,
        JCudaDriver.cuMemcpyPeerAsync(
            new JCudaAddress(target),
            contexts.get(call, targetContext),
            new JCudaAddress(source),
            contexts.get(call, sourceContext),
            bytes,
            streams.get(call, stream)));
  }

  @Override
  public boolean canAccessPeer(int device, int peer) {
    check(
        "cuDeviceCanAccessPeer",
        JCudaDriver.cuDeviceCanAccessPeer(result, handle(device), handle(peer)));
    return result[0] != 0;
  }

  @Override
  public void enablePeerAccess(long peerContext) {
    String call = "cuCtxEnablePeerAccess";
    int code = JCudaDriver.cuCtxEnablePeerAccess(contexts.get(call, peerContext), 0);
    if (code != CUDA_ERROR_PEER_ACCESS_ALREADY_ENABLED) {
      check(call, code);
    }
  }

  @Override
  public void fill(long target, int word, long words, long stream) {
    String call = "cuMemsetD32Async";
    check(
        call,
        JCudaDriver.cuMemsetD32Async(
            new JCudaAddress(target), word, words, streams.get(call, stream)));
  }

  @Override
  public long createStream() {
    CUstream stream = new CUstream();
    check("cuStreamCreate", JCudaDriver.cuStreamCreate(stream, CudaDriver.CU_STREAM_NON_BLOCKING));
    return streams.add(stream);
  }

  @Override
  public void destroyStream(long stream) {
    String call = "cuStreamDestroy";
    check(call, JCudaDriver.cuStreamDestroy(streams.get(call, stream)));
    streams.remove(stream);
  }

  @Override
  public void synchroniseStream(long stream) {
    String call = "cuStreamSynchronize";
    check(call, JCudaDriver.cuStreamSynchronize(streams.get(call, stream)));
  }

  @Override
  public void waitForEvent(long stream, long event) {
    String call = "cuStreamWaitEvent";
    check(
        call, JCudaDriver.cuStreamWaitEvent(streams.get(call, stream), events.get(call, event), 0));
  }

  @Override
  public long createEvent(boolean timed) {
    CUevent event = new CUevent();
    int flags = timed ? CudaDriver.CU_EVENT_DEFAULT : CudaDriver.CU_EVENT_DISABLE_TIMING;
    check("cuEventCreate", JCudaDriver.cuEventCreate(event, flags));
    return events.add(event);
  }

  @Override
  public void destroyEvent(long event) {
    String call = "cuEventDestroy";
    check(call, JCudaDriver.cuEventDestroy(events.get(call, event)));
    events.remove(event);
  }

  @Override
  public void recordEvent(long event, long stream) {
    String call = "cuEventRecord";
    check(call, JCudaDriver.cuEventRecord(events.get(call, event), streams.get(call, stream)));
  }

  @Override
  public void synchroniseEvent(long event) {
    String call = "cuEventSynchronize";
    check(call, JCudaDriver.cuEventSynchronize(events.get(call, event)));
  }

  @Override
  public float elapsedMillis(long start, long end) {
    String call = "cuEventElapsedTime";
    float[] millis = new float[1];
    check(
        call,
        JCudaDriver.cuEventElapsedTime(millis, events.get(call, start), events.get(call, end)));
    return millis[0];
  }

  @Override
  public long loadModule(MemorySegment ptx) {
    String call = "cuModuleLoadDataEx";
    CUmodule module = new CUmodule();
    try (Arena arena = Arena.ofConfined()) {
      JitLog log = new JitLog(arena);
      int[] keys = JitLog.keyNumbers();
      Pointer values = JCudaMemory.of(log.values());
      int code =
          JCudaDriver.cuModuleLoadDataEx(module, JCudaMemory.of(ptx), keys.length, keys, values);
      if (code != CUDA_SUCCESS) {
        throw refusal(call, code, log.text());
      }
      return modules.add(module);
    }
  }

  @Override
  public void unloadModule(long module) {
    String call = "cuModuleUnload";
    check(call, JCudaDriver.cuModuleUnload(modules.get(call, module)));
    modules.remove(module);
  }

  @Override
  public long function(long module, String kernel) {
    String call = "cuModuleGetFunction";
    CUfunction function = new CUfunction();
    int code = JCudaDriver.cuModuleGetFunction(function, modules.get(call, module), kernel);
    if (code != CUDA_SUCCESS) {
      throw refusal(call, code, kernel);
    }
    return functions.add(function);
  }

  @Override
  public void allowSharedMemory(long function, int bytes) {
    String call = "cuFuncSetAttribute";
    int attribute = CudaDriver.CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES;
    CUfunction object = functions.get(call, function);
    check(call, JCudaDriver.cuFuncSetAttribute(object, attribute, bytes), bytes);
  }

  @Override
  public int residentBlocks(long function, int threads, int sharedBytes) {
    String call = "cuOccupancyMaxActiveBlocksPerMultiprocessor";
    check(
        call,
        JCudaDriver.cuOccupancyMaxActiveBlocksPerMultiprocessor(
            result, functions.get(call, function), threads, sharedBytes));
    return result[0];
  }

  @Override
  public void launch(long function, Grid grid, long stream, MemorySegment parameters) {
    if (grid.cluster() > 1) {
      String cure = "JCuda launches no clusters, use -Dsegue.cuda.binding=panama";
      throw refusal("cuLaunchKernelEx", CUDA_ERROR_NOT_SUPPORTED, cure);
    }
    String call = "cuLaunchKernel";
    int code =
        JCudaDriver.cuLaunchKernel(
            functions.get(call, function),
            grid.blocksX(),
            grid.blocksY(),
            grid.blocksZ(),
            grid.threads(),
            1,
            1,
            grid.sharedBytes(),
            streams.get(call, stream),
            JCudaMemory.of(parameters),
            null);
    if (code != CUDA_SUCCESS) {
      throw refusal(call, code, grid.toString());
    }
  }

  @Override
  public void beginCapture(long stream) {
    String call = "cuStreamBeginCapture";
    int mode = CudaDriver.CU_STREAM_CAPTURE_MODE_THREAD_LOCAL;
    check(call, JCudaDriver.cuStreamBeginCapture(streams.get(call, stream), mode));
  }

  @Override
  public long endCapture(long stream) {
    String call = "cuStreamEndCapture";
    CUgraph graph = new CUgraph();
    check(call, JCudaDriver.cuStreamEndCapture(streams.get(call, stream), graph));
    return graphs.add(graph);
  }

  @Override
  public long instantiate(long graph) {
    String call = "cuGraphInstantiate";
    CUgraphExec executable = new CUgraphExec();
    check(call, JCudaDriver.cuGraphInstantiate(executable, graphs.get(call, graph), 0));
    return executables.add(executable);
  }

  @Override
  public void launchGraph(long executable, long stream) {
    String call = "cuGraphLaunch";
    check(
        call,
        JCudaDriver.cuGraphLaunch(executables.get(call, executable), streams.get(call, stream)));
  }

  @Override
  public void destroyExecutable(long executable) {
    String call = "cuGraphExecDestroy";
    check(call, JCudaDriver.cuGraphExecDestroy(executables.get(call, executable)));
    executables.remove(executable);
  }

  @Override
  public void destroyGraph(long graph) {
    String call = "cuGraphDestroy";
    check(call, JCudaDriver.cuGraphDestroy(graphs.get(call, graph)));
    graphs.remove(graph);
  }

  private static void check(String call, int code) {
    if (code != CUDA_SUCCESS) {
      throw refusal(call, code, "");
    }
  }

  private static void check(String call, int code, long bytes) {
    if (code != CUDA_SUCCESS) {
      throw refusal(call, code, bytes + " bytes");
    }
  }

  private static CudaException refusal(String call, int code, String detail) {
    return CudaException.ofDriver(call, code, errorName(code), detail);
  }

  /// Returns the driver's name for a result.
  static String errorName(int code) {
    String[] name = {"CUresult"};
    return JCudaDriver.cuGetErrorName(code, name) == CUDA_SUCCESS ? name[0] : "CUresult";
  }
}
