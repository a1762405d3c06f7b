package dev.segue.kernels.cuda;

import dev.segue.kernels.cuda.BlasBinding.Product;
import dev.segue.kernels.cuda.CudaBinding.DeviceInfo;
import dev.segue.kernels.cuda.CudaBinding.Grid;
import java.lang.foreign.MemorySegment;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A GPU as the backend sees it: memory, uploads, kernels, products, numbers that come back.
///
/// Commands are written down and done later, in order, on one stream; they are handed to the driver
/// when somebody reads memory or asks for a result. A training step is one buffer of commands, and
/// when the same buffer comes again it is replayed as a graph. What a command fails with is thrown
/// when it is handed over or waited for.
///
/// Any thread may call; callers take turns. [#locked] keeps a few calls together.
public final class Device implements AutoCloseable {
  /// Uploads and commands beyond which a buffer is handed over at the next operation.
  private static final int MOST_COMMANDS = 20_000;

  private static final long BLAS_WORKSPACE = 32L << 20;

  /// Compute capability from which there are clusters.
  private static final int CLUSTERS = 90;

  private final CudaBinding binding;
  private final @Nullable BlasBinding blas;
  private final DeviceInfo info;
  private final ReentrantLock lock = new ReentrantLock();
  private final OwnerThread owner;
  private final DeviceContext context;
  private final MemoryPool pool;
  private final UploadArena uploads;
  private final Results results;
  private final Transfers transfers;
  private final GraphCache graphs;
  private final CommandBuffer commands = new CommandBuffer();
  private final List<Long> scratch = new ArrayList<>();
  private boolean closed;

  /// Opens a device.
  ///
  /// @param binding of the driver
  /// @param blas of cuBLAS, or null to multiply by our own kernels
  /// @param ordinal of the device
  /// @param ptx the kernels, ending in a zero byte
  public Device(CudaBinding binding, @Nullable BlasBinding blas, int ordinal, MemorySegment ptx) {
    this.binding = binding;
    this.blas = blas;
    this.info = binding.device(ordinal);
    this.owner = new OwnerThread("segue-cuda-" + ordinal);
    try {
      this.context =
          owner.call(() -> DeviceContext.open(binding, blas, ordinal, ptx, BLAS_WORKSPACE));
    } catch (RuntimeException e) {
      owner.close();
      throw e;
    }
    this.pool = new MemoryPool(new DriverMemory());
    this.uploads = new UploadArena(binding, owner);
    this.results = owner.call(this::newResults);
    this.transfers = owner.call(() -> new Transfers(binding, context.stream()));
    this.graphs = new GraphCache(context);
  }

  private Results newResults() {
    long bytes = (long) Results.PLACES * Double.BYTES;
    return new Results(this, binding, context.allocate(bytes), context.allocatePinned(bytes));
  }

  private final class DriverMemory implements MemoryPool.Source {
    @Override
    public long allocate(long bytes) {
      return owner.call(() -> binding.allocate(bytes));
    }

    @Override
    public void free(long address) {
      owner.run(() -> binding.free(address));
    }

    @Override
    public long settle() {
      Device.this.settle();
      return owner.call(() -> {
        // Graphs name memory that is about to be given back.
        graphs.clear();
        return binding.freeMemory();
      });
    }
  }

  /// Returns what the device is.
  public DeviceInfo info() {
    return info;
  }

  /// Returns whether kernels for clusters of blocks can be launched, whose threads reach each
  /// other's shared memory.
  public boolean hasClusters() {
    return info.capability() >= CLUSTERS && binding.canLaunchClusters();
  }

  /// Returns whether products run on cuBLAS.
  public boolean hasBlas() {
    return blas != null;
  }

  /// Returns the name of cuBLAS's file, or null where there is none.
  public @Nullable String blasLibrary() {
    return blas == null ? null : blas.library();
  }

  /// Returns the driver's version and the binding's name: `CUDA 13.0 by panama`.
  public String driver() {
    int version = binding.driverVersion();
    return "CUDA %d.%d by %s".formatted(version / 1000, version % 1000 / 10, binding.name());
  }

  /// Runs some calls with no other thread's between them.
  public void locked(Runnable calls) {
    locked(() -> {
      calls.run();
      return true;
    });
  }

  /// As [#locked], returning what the calls return.
  public <T> T locked(Supplier<T> calls) {
    lock.lock();
    try {
      requireOpen();
      return calls.get();
    } finally {
      lock.unlock();
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("cuda: the device is closed");
    }
  }

  /// Runs one operation: some calls together, after handing over what was written down if that is
  /// much.
  public void operation(Runnable calls) {
    operation(() -> {
      calls.run();
      return true;
    });
  }

  /// As [#operation], returning what the calls return.
  public <T> T operation(Supplier<T> calls) {
    return locked(() -> {
      if (lock.getHoldCount() > 1) {
        return calls.get();
      }
      makeRoom();
      try {
        return calls.get();
      } finally {
        scratch.forEach(pool::free);
        scratch.clear();
      }
    });
  }

  private void makeRoom() {
    if (commands.commands() > MOST_COMMANDS || results.isFull()) {
      handOver();
    }
  }

  /// Allocates device memory, with whatever was in it.
  public long allocate(long bytes) {
    return locked(() -> pool.allocate(bytes));
  }

  /// Allocates device memory until the end of the operation.
  public long scratch(long bytes) {
    long address = pool.allocate(bytes);
    scratch.add(address);
    return address;
  }

  /// Gives scratch memory back before the end of the operation.
  public void release(long address) {
    if (scratch.remove((Long) address)) {
      pool.free(address);
    }
  }

  /// Gives device memory back; commands written down before may still use it.
  public void free(long address) {
    lock.lock();
    try {
      // Tensors may be closed after their backend, whose end freed all memory.
      if (!closed) {
        pool.free(address);
      }
    } finally {
      lock.unlock();
    }
  }

  /// Returns the bytes of device memory that are handed out.
  public long memoryInUse() {
    return locked(pool::inUse);
  }

  /// Returns how often a graph took the place of single commands.
  public long graphReplays() {
    return locked(graphs::replays);
  }

  /// Uploads numbers with the commands; the address holds them until the buffer is handed over.
  public long upload(int... values) {
    return uploads.add(values);
  }

  /// Uploads numbers with the commands.
  public long upload(float... values) {
    return uploads.add(values, 0, values.length);
  }

  /// Uploads numbers with the commands.
  public long upload(long... values) {
    return uploads.add(values);
  }

  /// Returns a place for a number that a kernel computes in 64 bits; [Scalar#getAsDouble] waits for
  /// it.
  public Scalar result() {
    Results.Result result = results.next();
    return new Scalar(result.address(), result);
  }

  /// A number to come.
  ///
  /// @param address where a kernel puts it
  /// @param value hands it over the work and waits for it
  public record Scalar(long address, DoubleSupplier value) implements DoubleSupplier {
    @Override
    public double getAsDouble() {
      return value.getAsDouble();
    }
  }

  /// Writes down the start of a kernel. Floats are passed by [Float#floatToRawIntBits].
  public void launch(Kernel kernel, Grid grid, long... parameters) {
    commands.launch(kernel, grid, parameters);
  }

  /// Writes down a product by cuBLAS.
  public void gemm(Product product) {
    commands.gemm(product);
  }

  /// Writes down that memory is set to one 32-bit word.
  public void fill(long target, int word, long words) {
    if (words > 0) {
      commands.fill(target, word, words);
    }
  }

  /// Writes down a copy on the device.
  public void copy(long target, long source, long bytes) {
    if (bytes > 0) {
      commands.copy(target, source, bytes);
    }
  }

  /// Copies floats from the host, after all work so far.
  public void write(long target, FloatBuffer source) {
    locked(() -> {
      handOver();
      owner.run(() -> transfers.write(target, source));
    });
  }

  /// Copies floats to the host, after all work so far.
  public void read(long source, FloatBuffer target) {
    locked(() -> {
      settle();
      owner.run(() -> transfers.read(source, target));
    });
  }

  /// Copies 64-bit numbers to the host, after all work so far.
  public long[] readLongs(long source, int count) {
    return locked(() -> {
      settle();
      return owner.call(() -> transfers.readLongs(source, count));
    });
  }

  /// Hands over all commands and waits until they are done.
  public void settle() {
    locked(() -> {
      handOver();
      owner.run(() -> {
        binding.synchroniseStream(context.stream());
        results.arrived();
      });
    });
  }

  private void handOver() {
    if (commands.isEmpty()) {
      return;
    }
    boolean done = false;
    try {
      owner.run(this::submit);
      done = true;
    } finally {
      commands.clear();
      uploads.clear();
      if (!done) {
        results.abandon();
      }
    }
  }

  private void submit() {
    long stream = context.stream();
    if (results.isUnderway()) {
      binding.synchroniseStream(stream);
      results.arrived();
    }
    uploads.copyAll(stream);
    if (!graphs.run(commands)) {
      commands.run(context);
    }
    results.copyAll(stream);
  }

  @Override
  public void close() {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      owner.run(() -> {
        graphs.clear();
        transfers.close();
        uploads.close();
      });
      pool.close();
      owner.run(context::close);
      owner.close();
    } finally {
      lock.unlock();
    }
  }
}
