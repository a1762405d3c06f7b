package dev.segue.kernels.cuda;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.segue.kernels.cuda.CudaBinding.Grid;
import dev.segue.kernels.cuda.Opening.Opened;
import dev.segue.kernels.cuda.Opening.Refused;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// The stand-in's first device with a stream and the stand-in's own kernels, for tests of the
/// stand-in itself.
final class StandInDevice implements AutoCloseable {
  final CudaBinding binding;
  final long context;
  final long module;
  final long stream;
  private final Arena arena = Arena.ofConfined();

  private StandInDevice(StandInDriver driver) {
    binding = binding();
    context = binding.retainContext(0);
    binding.setCurrentContext(context);
    stream = binding.createStream();
    module = binding.loadModule(arena.allocateFrom(driver.ownKernels()));
  }

  static StandInDevice open(StandInDriver driver) {
    return new StandInDevice(driver);
  }

  /// Opens the default binding.
  static CudaBinding binding() {
    return switch (CudaBindings.open()) {
      case Opened<CudaBinding>(CudaBinding opened) -> opened;
      case Refused<CudaBinding> refused -> throw new IllegalStateException(refused.line());
    };
  }

  long ints(int... values) {
    return upload(arena.allocateFrom(JAVA_INT, values));
  }

  long floats(float... values) {
    return upload(arena.allocateFrom(JAVA_FLOAT, values));
  }

  private long upload(MemorySegment values) {
    long address = binding.allocate(values.byteSize());
    binding.copyToDevice(address, values, stream);
    return address;
  }

  int[] readInts(long address, int count) {
    return download(address, 4L * count).toArray(JAVA_INT);
  }

  float[] readFloats(long address, int count) {
    return download(address, 4L * count).toArray(JAVA_FLOAT);
  }

  private MemorySegment download(long address, long bytes) {
    MemorySegment values = arena.allocate(bytes, 8);
    binding.copyToHost(values, address, stream);
    binding.synchroniseStream(stream);
    return values;
  }

  /// Page-locked memory that is freed by the test, or never.
  MemorySegment pinned(int... values) {
    MemorySegment memory = binding.allocatePinned(4L * values.length);
    MemorySegment.copy(values, 0, memory, JAVA_INT, 0, values.length);
    return memory;
  }

  long function(String kernel) {
    return binding.function(module, kernel);
  }

  void launch(String kernel, Grid grid, Object... arguments) {
    binding.launch(function(kernel), grid, stream, parameters(arguments));
  }

  MemorySegment parameters(Object... arguments) {
    MemorySegment pointers = arena.allocate(ADDRESS, arguments.length);
    for (int i = 0; i < arguments.length; i++) {
      MemorySegment value =
          switch (arguments[i]) {
            case Integer number -> arena.allocateFrom(JAVA_INT, number);
            case Float number -> arena.allocateFrom(JAVA_FLOAT, number);
            case Long number -> arena.allocateFrom(JAVA_LONG, number);
            default -> throw new IllegalArgumentException("" + arguments[i]);
          };
      pointers.setAtIndex(ADDRESS, i, value);
    }
    return pointers;
  }

  void synchronise() {
    binding.synchroniseStream(stream);
  }

  @Override
  public void close() {
    arena.close();
  }
}
