package dev.segue.kernels.cuda;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/// A launch whose blocks form clusters, which takes its arguments in a structure.
///
/// Source: `CUlaunchConfig` and `CUlaunchAttribute` of `cuda.h`.
final class ClusterLaunch {
  private static final StructLayout CONFIG =
      MemoryLayout.structLayout(
          JAVA_INT.withName("gridDimX"),
          JAVA_INT.withName("gridDimY"),
          JAVA_INT.withName("gridDimZ"),
          JAVA_INT.withName("blockDimX"),
          JAVA_INT.withName("blockDimY"),
          JAVA_INT.withName("blockDimZ"),
          JAVA_INT.withName("sharedMemBytes"),
          MemoryLayout.paddingLayout(Integer.BYTES),
          JAVA_LONG.withName("hStream"),
          ADDRESS.withName("attrs"),
          JAVA_INT.withName("numAttrs"),
          MemoryLayout.paddingLayout(Integer.BYTES));

  /// The value is a union of 64 bytes; here it is `clusterDim`.
  private static final StructLayout ATTRIBUTE =
      MemoryLayout.structLayout(
          JAVA_INT.withName("id"),
          MemoryLayout.paddingLayout(Integer.BYTES),
          JAVA_INT.withName("x"),
          JAVA_INT.withName("y"),
          JAVA_INT.withName("z"),
          MemoryLayout.paddingLayout(64 - 3 * Integer.BYTES));

  private static final long STREAM = CONFIG.byteOffset(PathElement.groupElement("hStream"));
  private static final long SHARED = CONFIG.byteOffset(PathElement.groupElement("sharedMemBytes"));
  private static final long CLUSTER_X = ATTRIBUTE.byteOffset(PathElement.groupElement("x"));

  private final CudaDriver driver;
  private final MemorySegment config;
  private final MemorySegment attribute;

  ClusterLaunch(CudaDriver driver) {
    this.driver = driver;
    Arena arena = Arena.ofAuto();
    config = arena.allocate(CONFIG);
    attribute = arena.allocate(ATTRIBUTE);
    attribute.set(JAVA_INT, 0, CudaDriver.CU_LAUNCH_ATTRIBUTE_CLUSTER_DIMENSION);
    attribute.set(JAVA_INT, CLUSTER_X + Integer.BYTES, 1);
    attribute.set(JAVA_INT, CLUSTER_X + 2 * Integer.BYTES, 1);
    config.set(ADDRESS, CONFIG.byteOffset(PathElement.groupElement("attrs")), attribute);
    config.set(JAVA_INT, CONFIG.byteOffset(PathElement.groupElement("numAttrs")), 1);
  }

  /// Starts a kernel and returns the driver's code.
  int launch(long function, CudaBinding.Grid grid, long stream, MemorySegment parameters) {
    if (!driver.hasLaunchKernelEx()) {
      return CudaDriver.CUDA_ERROR_NOT_SUPPORTED;
    }
    config.setAtIndex(JAVA_INT, 0, grid.blocksX());
    config.setAtIndex(JAVA_INT, 1, grid.blocksY());
    config.setAtIndex(JAVA_INT, 2, grid.blocksZ());
    config.setAtIndex(JAVA_INT, 3, grid.threads());
    config.setAtIndex(JAVA_INT, 4, 1);
    config.setAtIndex(JAVA_INT, 5, 1);
    config.set(JAVA_INT, SHARED, grid.sharedBytes());
    config.set(JAVA_LONG, STREAM, stream);
    attribute.set(JAVA_INT, CLUSTER_X, grid.cluster());
    return driver.cuLaunchKernelEx(config, function, parameters, MemorySegment.NULL);
  }
}
