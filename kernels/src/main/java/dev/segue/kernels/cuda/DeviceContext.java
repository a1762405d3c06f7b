package dev.segue.kernels.cuda;

import dev.segue.kernels.cuda.BlasBinding.Product;
import dev.segue.kernels.cuda.CudaBinding.Grid;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a device needs to run commands: its context, a stream, the module with the kernels, a
/// handle of cuBLAS. All calls belong to the owner's thread.
final class DeviceContext implements CommandBuffer.Executor, GraphCache.Graphs, AutoCloseable {
  private static final int MOST_PARAMETERS = 32;

  private final CudaBinding binding;
  private final @Nullable BlasBinding blas;
  private final int ordinal;
  private final Arena arena = Arena.ofConfined();
  private final MemorySegment values = arena.allocate(ValueLayout.JAVA_LONG, MOST_PARAMETERS);
  private final MemorySegment pointers = arena.allocate(ValueLayout.ADDRESS, MOST_PARAMETERS);
  private final Map<Kernel, Long> functions = new EnumMap<>(Kernel.class);
  private final List<Long> memory = new ArrayList<>();
  private final List<MemorySegment> pinned = new ArrayList<>();
  private long stream;
  private long module;
  private long handle;

  private DeviceContext(CudaBinding binding, @Nullable BlasBinding blas, int ordinal) {
    this.binding = binding;
    this.blas = blas;
    this.ordinal = ordinal;
    for (int i = 0; i < MOST_PARAMETERS; i++) {
      MemorySegment value = values.asSlice((long) i * Long.BYTES, Long.BYTES);
      pointers.setAtIndex(ValueLayout.ADDRESS, i, value);
    }
  }

  /// Opens the primary context of a device on the calling thread.
  static DeviceContext open(
      CudaBinding binding,
      @Nullable BlasBinding blas,
      int ordinal,
      MemorySegment ptx,
      long workspace) {
    binding.setCurrentContext(binding.retainContext(ordinal));
    DeviceContext context = new DeviceContext(binding, blas, ordinal);
    try {
      context.start(ptx, workspace);
      return context;
    } catch (RuntimeException e) {
      context.close();
      throw e;
    }
  }

  private void start(MemorySegment ptx, long workspace) {
    stream = binding.createStream();
    module = binding.loadModule(ptx);
    for (Kernel kernel : Kernel.values()) {
      functions.put(kernel, binding.function(module, kernel.entry()));
    }
    if (blas != null) {
      handle = blas.create();
      blas.setStream(handle, stream);
      blas.setWorkspace(handle, allocate(workspace), workspace);
    }
  }

  long stream() {
    return stream;
  }

  /// Allocates device memory that is freed with the context.
  long allocate(long bytes) {
    long address = binding.allocate(bytes);
    memory.add(address);
    return address;
  }

  /// Allocates page-locked memory that is freed with the context.
  MemorySegment allocatePinned(long bytes) {
    MemorySegment segment = binding.allocatePinned(bytes);
    pinned.add(segment);
    return segment;
  }

  @Override
  public void launch(Kernel kernel, Grid grid, long[] words, int from) {
    int count = kernel.parameters().length();
    MemorySegment.copy(words, from, values, ValueLayout.JAVA_LONG, 0, count);
    binding.launch(Objects.requireNonNull(functions.get(kernel)), grid, stream, pointers);
  }

  @Override
  public void gemm(Product product) {
    if (blas == null) {
      throw new IllegalStateException("cuda: a product by cuBLAS, and there is none");
    }
    blas.gemm(handle, product);
  }

  @Override
  public void fill(long target, int word, long count) {
    binding.fill(target, word, count, stream);
  }

  @Override
  public void copy(long target, long source, long bytes) {
    binding.copyOnDevice(target, source, bytes, stream);
  }

  @Override
  public long capture(CommandBuffer commands) {
    binding.beginCapture(stream);
    long graph;
    try {
      commands.run(this);
    } finally {
      // Also after a failure: the stream must take work again.
      graph = binding.endCapture(stream);
    }
    try {
      return binding.instantiate(graph);
    } finally {
      binding.destroyGraph(graph);
    }
  }

  @Override
  public void launch(long executable) {
    binding.launchGraph(executable, stream);
  }

  @Override
  public void destroy(long executable) {
    binding.destroyExecutable(executable);
  }

  @Override
  public void close() {
    if (handle != 0 && blas != null) {
      blas.destroy(handle);
    }
    memory.forEach(binding::free);
    pinned.forEach(binding::freePinned);
    if (module != 0) {
      binding.unloadModule(module);
    }
    if (stream != 0) {
      binding.destroyStream(stream);
    }
    binding.releaseContext(ordinal);
    arena.close();
  }
}
