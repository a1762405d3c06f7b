package dev.segue.kernels.cuda;

import static java.lang.foreign.ValueLayout.ADDRESS;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// The functions of `libcuda` that are used, under their C names and with their C prototypes. A
/// handle and a device address are a `long`, memory of the host a segment. Each returns its
/// `CUresult`.
///
/// `cuda.h` of CUDA 12 and 13 maps some of the names to versioned symbols, which are asked for
/// here. The rest of the driver's many symbols stays unbound, so that a driver need not have them.
/// The file is a list: a symbol, a prototype and a call for each function.
///
/// Source: the CUDA driver API, `cuda.h`.
final class CudaDriver extends LoadedLibrary {
  /// The oldest CUDA version with all of these functions; `cuGraphInstantiateWithFlags` is the
  /// last.
  static final int OLDEST_VERSION = 11_040;

  static final int CUDA_SUCCESS = 0;
  static final int CUDA_ERROR_INVALID_VALUE = 1;
  static final int CUDA_ERROR_OUT_OF_MEMORY = 2;
  static final int CUDA_ERROR_STUB_LIBRARY = 34;
  static final int CUDA_ERROR_DEVICE_UNAVAILABLE = 46;
  static final int CUDA_ERROR_NO_DEVICE = 100;
  static final int CUDA_ERROR_INVALID_DEVICE = 101;
  static final int CUDA_ERROR_INVALID_CONTEXT = 201;
  static final int CUDA_ERROR_ILLEGAL_ADDRESS = 700;
  static final int CUDA_ERROR_PEER_ACCESS_ALREADY_ENABLED = 704;
  static final int CUDA_ERROR_LAUNCH_FAILED = 719;
  static final int CUDA_ERROR_NOT_SUPPORTED = 801;
  static final int CUDA_ERROR_SYSTEM_NOT_READY = 802;
  static final int CUDA_ERROR_SYSTEM_DRIVER_MISMATCH = 803;
  static final int CUDA_ERROR_COMPAT_NOT_SUPPORTED_ON_DEVICE = 804;

  static final int CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT = 16;
  static final int CU_DEVICE_ATTRIBUTE_L2_CACHE_SIZE = 38;
  static final int CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR = 75;
  static final int CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR = 76;
  static final int CU_DEVICE_ATTRIBUTE_MAX_SHARED_MEMORY_PER_BLOCK_OPTIN = 97;
  static final int CU_MEMHOSTALLOC_PORTABLE = 1;
  static final int CU_STREAM_NON_BLOCKING = 1;
  static final int CU_EVENT_DEFAULT = 0;
  static final int CU_EVENT_DISABLE_TIMING = 2;
  static final int CU_JIT_ERROR_LOG_BUFFER = 5;
  static final int CU_JIT_ERROR_LOG_BUFFER_SIZE_BYTES = 6;
  static final int CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES = 8;
  static final int CU_STREAM_CAPTURE_MODE_THREAD_LOCAL = 1;
  static final int CU_LAUNCH_ATTRIBUTE_CLUSTER_DIMENSION = 4;

  private static final long LONGEST_NAME = 256;

  private final MemorySegment init = function("cuInit");
  private final MemorySegment driverGetVersion = function("cuDriverGetVersion");
  private final MemorySegment deviceGetCount = function("cuDeviceGetCount");
  private final MemorySegment deviceGet = function("cuDeviceGet");
  private final MemorySegment deviceGetName = function("cuDeviceGetName");
  private final MemorySegment deviceGetAttribute = function("cuDeviceGetAttribute");
  private final MemorySegment deviceTotalMem = function("cuDeviceTotalMem_v2");
  private final MemorySegment devicePrimaryCtxRetain = function("cuDevicePrimaryCtxRetain");
  private final MemorySegment devicePrimaryCtxRelease = function("cuDevicePrimaryCtxRelease_v2");
  private final MemorySegment ctxSetCurrent = function("cuCtxSetCurrent");
  private final MemorySegment ctxSynchronize = function("cuCtxSynchronize");
  private final MemorySegment memGetInfo = function("cuMemGetInfo_v2");
  private final MemorySegment memAlloc = function("cuMemAlloc_v2");
  private final MemorySegment memFree = function("cuMemFree_v2");
  private final MemorySegment memHostAlloc = function("cuMemHostAlloc");
  private final MemorySegment memFreeHost = function("cuMemFreeHost");
  private final MemorySegment memcpyHtoDAsync = function("cuMemcpyHtoDAsync_v2");
  private final MemorySegment memcpyDtoHAsync = function("cuMemcpyDtoHAsync_v2");
  private final MemorySegment memcpyDtoDAsync = function("cuMemcpyDtoDAsync_v2");
  private final MemorySegment memcpyPeerAsync = function("cuMemcpyPeerAsync");
  private final MemorySegment deviceCanAccessPeer = function("cuDeviceCanAccessPeer");
  private final MemorySegment ctxEnablePeerAccess = function("cuCtxEnablePeerAccess");
  private final MemorySegment memsetD32Async = function("cuMemsetD32Async");
  private final MemorySegment streamCreate = function("cuStreamCreate");
  private final MemorySegment streamDestroy = function("cuStreamDestroy_v2");
  private final MemorySegment streamSynchronize = function("cuStreamSynchronize");
  private final MemorySegment streamWaitEvent = function("cuStreamWaitEvent");
  private final MemorySegment eventCreate = function("cuEventCreate");
  private final MemorySegment eventDestroy = function("cuEventDestroy_v2");
  private final MemorySegment eventRecord = function("cuEventRecord");
  private final MemorySegment eventSynchronize = function("cuEventSynchronize");
  private final MemorySegment eventElapsedTime = function("cuEventElapsedTime");
  private final MemorySegment moduleLoadDataEx = function("cuModuleLoadDataEx");
  private final MemorySegment moduleUnload = function("cuModuleUnload");
  private final MemorySegment moduleGetFunction = function("cuModuleGetFunction");
  private final MemorySegment funcSetAttribute = function("cuFuncSetAttribute");
  private final MemorySegment occupancyMaxActiveBlocks =
      function("cuOccupancyMaxActiveBlocksPerMultiprocessor");
  private final MemorySegment launchKernel = function("cuLaunchKernel");
  private final MemorySegment launchKernelEx = optional("cuLaunchKernelEx");
  private final MemorySegment streamBeginCapture = function("cuStreamBeginCapture_v2");
  private final MemorySegment streamEndCapture = function("cuStreamEndCapture");
  private final MemorySegment graphInstantiateWithFlags = function("cuGraphInstantiateWithFlags");
  private final MemorySegment graphLaunch = function("cuGraphLaunch");
  private final MemorySegment graphExecDestroy = function("cuGraphExecDestroy");
  private final MemorySegment graphDestroy = function("cuGraphDestroy");
  private final MemorySegment getErrorName = function("cuGetErrorName");

  /// @throws MissingFunctionException naming the first that the library lacks
  CudaDriver(Library library) {
    super(library);
  }

  /// Returns whether the driver can launch clusters, which came with CUDA 11.8.
  boolean hasLaunchKernelEx() {
    return !launchKernelEx.equals(MemorySegment.NULL);
  }

  /// Returns the path of its file.
  String path() {
    return path(init);
  }

  // CUresult cuInit(unsigned int Flags)
  int cuInit(int flags) {
    return Downcall.call(init, flags);
  }

  // CUresult cuDriverGetVersion(int *driverVersion)
  int cuDriverGetVersion(MemorySegment driverVersion) {
    return Downcall.call(driverGetVersion, driverVersion);
  }

  // CUresult cuDeviceGetCount(int *count)
  int cuDeviceGetCount(MemorySegment count) {
    return Downcall.call(deviceGetCount, count);
  }

  // CUresult cuDeviceGet(CUdevice *device, int ordinal)
  int cuDeviceGet(MemorySegment device, int ordinal) {
    return Downcall.call(deviceGet, device, ordinal);
  }

  // CUresult cuDeviceGetName(char *name, int len, CUdevice dev)
  int cuDeviceGetName(MemorySegment name, int len, int dev) {
    return Downcall.call(deviceGetName, name, len, dev);
  }

  // CUresult cuDeviceGetAttribute(int *pi, CUdevice_attribute attrib, CUdevice dev)
  int cuDeviceGetAttribute(MemorySegment pi, int attrib, int dev) {
    return Downcall.call(deviceGetAttribute, pi, attrib, dev);
  }

  // CUresult cuDeviceTotalMem(size_t *bytes, CUdevice dev)
  int cuDeviceTotalMem(MemorySegment bytes, int dev) {
    return Downcall.call(deviceTotalMem, bytes, dev);
  }

  // CUresult cuDevicePrimaryCtxRetain(CUcontext *pctx, CUdevice dev)
  int cuDevicePrimaryCtxRetain(MemorySegment pctx, int dev) {
    return Downcall.call(devicePrimaryCtxRetain, pctx, dev);
  }

  // CUresult cuDevicePrimaryCtxRelease(CUdevice dev)
  int cuDevicePrimaryCtxRelease(int dev) {
    return Downcall.call(devicePrimaryCtxRelease, dev);
  }

  // CUresult cuCtxSetCurrent(CUcontext ctx)
  int cuCtxSetCurrent(long ctx) {
    return Downcall.call(ctxSetCurrent, ctx);
  }

  // CUresult cuCtxSynchronize(void)
  int cuCtxSynchronize() {
    return Downcall.call(ctxSynchronize);
  }

  // CUresult cuMemGetInfo(size_t *free, size_t *total)
  int cuMemGetInfo(MemorySegment free, MemorySegment total) {
    return Downcall.call(memGetInfo, free, total);
  }

  // CUresult cuMemAlloc(CUdeviceptr *dptr, size_t bytesize)
  int cuMemAlloc(MemorySegment dptr, long bytesize) {
    return Downcall.call(memAlloc, dptr, bytesize);
  }

  // CUresult cuMemFree(CUdeviceptr dptr)
  int cuMemFree(long dptr) {
    return Downcall.call(memFree, dptr);
  }

  // CUresult cuMemHostAlloc(void **pp, size_t bytesize, unsigned int Flags)
  int cuMemHostAlloc(MemorySegment pp, long bytesize, int flags) {
    return Downcall.call(memHostAlloc, pp, bytesize, flags);
  }

  // CUresult cuMemFreeHost(void *p)
  int cuMemFreeHost(MemorySegment p) {
    return Downcall.call(memFreeHost, p);
  }

  // CUresult cuMemcpyHtoDAsync(CUdeviceptr dstDevice, const void *srcHost, size_t ByteCount,
  // CUstream hStream)
  int cuMemcpyHtoDAsync(long dstDevice, MemorySegment srcHost, long byteCount, long hStream) {
    return Downcall.call(memcpyHtoDAsync, dstDevice, srcHost, byteCount, hStream);
  }

  // CUresult cuMemcpyDtoHAsync(void *dstHost, CUdeviceptr srcDevice, size_t ByteCount, CUstream
  // hStream)
  int cuMemcpyDtoHAsync(MemorySegment dstHost, long srcDevice, long byteCount, long hStream) {
    return Downcall.call(memcpyDtoHAsync, dstHost, srcDevice, byteCount, hStream);
  }

  // CUresult cuMemcpyDtoDAsync(CUdeviceptr dstDevice, CUdeviceptr srcDevice, size_t ByteCount,
  // CUstream hStream)
  int cuMemcpyDtoDAsync(long dstDevice, long srcDevice, long byteCount, long hStream) {
    return Downcall.call(memcpyDtoDAsync, dstDevice, srcDevice, byteCount, hStream);
  }

  // CUresult cuMemcpyPeerAsync(CUdeviceptr dstDevice, CUcontext dstContext, CUdeviceptr srcDevice,
  // CUcontext srcContext, size_t ByteCount, CUstream hStream)
  int cuMemcpyPeerAsync(
      long dstDevice,
      long dstContext,
      long srcDevice,
      long srcContext,
      long byteCount,
      long hStream) {
    return Downcall.call(
        memcpyPeerAsync, dstDevice, dstContext, srcDevice, srcContext, byteCount, hStream);
  }

  // CUresult cuDeviceCanAccessPeer(int *canAccessPeer, CUdevice dev, CUdevice peerDev)
  int cuDeviceCanAccessPeer(MemorySegment canAccessPeer, int dev, int peerDev) {
    return Downcall.call(deviceCanAccessPeer, canAccessPeer, dev, peerDev);
  }

  // CUresult cuCtxEnablePeerAccess(CUcontext peerContext, unsigned int Flags)
  int cuCtxEnablePeerAccess(long peerContext, int flags) {
    return Downcall.call(ctxEnablePeerAccess, peerContext, flags);
  }

  // CUresult cuMemsetD32Async(CUdeviceptr dstDevice, unsigned int ui, size_t N, CUstream hStream)
  int cuMemsetD32Async(long dstDevice, int ui, long n, long hStream) {
    return Downcall.call(memsetD32Async, dstDevice, ui, n, hStream);
  }

  // CUresult cuStreamCreate(CUstream *phStream, unsigned int Flags)
  int cuStreamCreate(MemorySegment phStream, int flags) {
    return Downcall.call(streamCreate, phStream, flags);
  }

  // CUresult cuStreamDestroy(CUstream hStream)
  int cuStreamDestroy(long hStream) {
    return Downcall.call(streamDestroy, hStream);
  }

  // CUresult cuStreamSynchronize(CUstream hStream)
  int cuStreamSynchronize(long hStream) {
    return Downcall.call(streamSynchronize, hStream);
  }

  // CUresult cuStreamWaitEvent(CUstream hStream, CUevent hEvent, unsigned int Flags)
  int cuStreamWaitEvent(long hStream, long hEvent, int flags) {
    return Downcall.call(streamWaitEvent, hStream, hEvent, flags);
  }

  // CUresult cuEventCreate(CUevent *phEvent, unsigned int Flags)
  int cuEventCreate(MemorySegment phEvent, int flags) {
    return Downcall.call(eventCreate, phEvent, flags);
  }

  // CUresult cuEventDestroy(CUevent hEvent)
  int cuEventDestroy(long hEvent) {
    return Downcall.call(eventDestroy, hEvent);
  }

  // CUresult cuEventRecord(CUevent hEvent, CUstream hStream)
  int cuEventRecord(long hEvent, long hStream) {
    return Downcall.call(eventRecord, hEvent, hStream);
  }

  // CUresult cuEventSynchronize(CUevent hEvent)
  int cuEventSynchronize(long hEvent) {
    return Downcall.call(eventSynchronize, hEvent);
  }

  // CUresult cuEventElapsedTime(float *pMilliseconds, CUevent hStart, CUevent hEnd)
  int cuEventElapsedTime(MemorySegment pMilliseconds, long hStart, long hEnd) {
    return Downcall.call(eventElapsedTime, pMilliseconds, hStart, hEnd);
  }

  // CUresult cuModuleLoadDataEx(CUmodule *module, const void *image, unsigned int numOptions,
  // CUjit_option *options, void **optionValues)
  int cuModuleLoadDataEx(
      MemorySegment module,
      MemorySegment image,
      int numOptions,
      MemorySegment options,
      MemorySegment optionValues) {
    return Downcall.call(moduleLoadDataEx, module, image, numOptions, options, optionValues);
  }

  // CUresult cuModuleUnload(CUmodule hmod)
  int cuModuleUnload(long hmod) {
    return Downcall.call(moduleUnload, hmod);
  }

  // CUresult cuModuleGetFunction(CUfunction *hfunc, CUmodule hmod, const char *name)
  int cuModuleGetFunction(MemorySegment hfunc, long hmod, MemorySegment name) {
    return Downcall.call(moduleGetFunction, hfunc, hmod, name);
  }

  // CUresult cuFuncSetAttribute(CUfunction hfunc, CUfunction_attribute attrib, int value)
  int cuFuncSetAttribute(long hfunc, int attrib, int value) {
    return Downcall.call(funcSetAttribute, hfunc, attrib, value);
  }

  // CUresult cuOccupancyMaxActiveBlocksPerMultiprocessor(int *numBlocks, CUfunction func, int
  // blockSize, size_t dynamicSMemSize)
  int cuOccupancyMaxActiveBlocksPerMultiprocessor(
      MemorySegment numBlocks, long func, int blockSize, long dynamicSMemSize) {
    return Downcall.call(occupancyMaxActiveBlocks, numBlocks, func, blockSize, dynamicSMemSize);
  }

  // CUresult cuLaunchKernel(CUfunction f, unsigned int gridDimX, unsigned int gridDimY, unsigned
  // int gridDimZ, unsigned int blockDimX, unsigned int blockDimY, unsigned int blockDimZ, unsigned
  // int sharedMemBytes, CUstream hStream, void **kernelParams, void **extra)
  int cuLaunchKernel(
      long f,
      int gridDimX,
      int gridDimY,
      int gridDimZ,
      int blockDimX,
      int blockDimY,
      int blockDimZ,
      int sharedMemBytes,
      long hStream,
      MemorySegment kernelParams,
      MemorySegment extra) {
    return Downcall.call(
        launchKernel,
        f,
        gridDimX,
        gridDimY,
        gridDimZ,
        blockDimX,
        blockDimY,
        blockDimZ,
        sharedMemBytes,
        hStream,
        kernelParams,
        extra);
  }

  // CUresult cuLaunchKernelEx(const CUlaunchConfig *config, CUfunction f, void **kernelParams, void
  // **extra)
  int cuLaunchKernelEx(
      MemorySegment config, long f, MemorySegment kernelParams, MemorySegment extra) {
    return Downcall.call(launchKernelEx, config, f, kernelParams, extra);
  }

  // CUresult cuStreamBeginCapture(CUstream hStream, CUstreamCaptureMode mode)
  int cuStreamBeginCapture(long hStream, int mode) {
    return Downcall.call(streamBeginCapture, hStream, mode);
  }

  // CUresult cuStreamEndCapture(CUstream hStream, CUgraph *phGraph)
  int cuStreamEndCapture(long hStream, MemorySegment phGraph) {
    return Downcall.call(streamEndCapture, hStream, phGraph);
  }

  // CUresult cuGraphInstantiateWithFlags(CUgraphExec *phGraphExec, CUgraph hGraph, unsigned long
  // long flags)
  int cuGraphInstantiateWithFlags(MemorySegment phGraphExec, long hGraph, long flags) {
    return Downcall.call(graphInstantiateWithFlags, phGraphExec, hGraph, flags);
  }

  // CUresult cuGraphLaunch(CUgraphExec hGraphExec, CUstream hStream)
  int cuGraphLaunch(long hGraphExec, long hStream) {
    return Downcall.call(graphLaunch, hGraphExec, hStream);
  }

  // CUresult cuGraphExecDestroy(CUgraphExec hGraphExec)
  int cuGraphExecDestroy(long hGraphExec) {
    return Downcall.call(graphExecDestroy, hGraphExec);
  }

  // CUresult cuGraphDestroy(CUgraph hGraph)
  int cuGraphDestroy(long hGraph) {
    return Downcall.call(graphDestroy, hGraph);
  }

  // CUresult cuGetErrorName(CUresult error, const char **pStr)
  private int cuGetErrorName(int error, MemorySegment pStr) {
    return Downcall.call(getErrorName, error, pStr);
  }

  /// Returns the driver's name for a result, `CUresult` where it has none.
  @SuppressWarnings("restricted") // the module is granted native access, see kernels/README.md
  String errorName(int code) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocate(ADDRESS);
      return cuGetErrorName(code, name) == CUDA_SUCCESS
          ? name.get(ADDRESS, 0).reinterpret(LONGEST_NAME).getString(0)
          : "CUresult";
    }
  }
}
