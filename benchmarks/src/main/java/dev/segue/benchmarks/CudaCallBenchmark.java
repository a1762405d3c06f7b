package dev.segue.benchmarks;

import dev.segue.kernels.cuda.CudaBinding;
import dev.segue.kernels.cuda.CudaBinding.Grid;
import dev.segue.kernels.cuda.CudaBindings;
import dev.segue.kernels.cuda.Opening.Opened;
import dev.segue.kernels.cuda.Opening.Refused;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// What a call of the CUDA driver costs on the way there, by the binding. The driver is the one
/// that `segue.cuda.driver` names: without a GPU the stand-in of the tests, whose own work is in
/// the time of both bindings alike.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 3, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
@State(Scope.Thread)
public class CudaCallBenchmark {
  /// Calls between two waits for the device, which are not timed: work queues up until then.
  private static final int CALLS = 200;

  private static final int COPIED_BYTES = 64;

  /// The stand-in runs its own kernel of that name, for no elements, and a GPU runs this one.
  private static final String PTX =
      """
      // Does nothing.
      .version 7.0
      .target sm_75
      .address_size 64
      .visible .entry add_one(.param .u64 values, .param .u32 count)
      {
        ret;
      }
      """;

  /// Who calls the driver.
  public enum Binding {
    /// `java.lang.foreign`.
    PANAMA,
    /// JCuda.
    JCUDA
  }

  @Param private Binding binding = Binding.PANAMA;

  private final Grid grid = Grid.of(1, 32);
  private final MemorySegment parameters = Arena.global().allocate(ValueLayout.ADDRESS, 2);
  private @Nullable CudaBinding cuda;
  private MemorySegment pinned = MemorySegment.NULL;
  private long memory;
  private long stream;
  private long function;
  private long executable;

  /// Opens the binding, makes everything that the calls take, and checks a copy there and back.
  @Setup(Level.Trial)
  public void open() {
    CudaBinding opened = openBinding();
    cuda = opened;
    opened.setCurrentContext(opened.retainContext(0));
    stream = opened.createStream();
    memory = opened.allocate(COPIED_BYTES);
    pinned = opened.allocatePinned(COPIED_BYTES);
    checkCopies(opened);
    function = opened.function(opened.loadModule(Arena.global().allocateFrom(PTX)), "add_one");
    parameters.setAtIndex(ValueLayout.ADDRESS, 0, constant(memory));
    parameters.setAtIndex(ValueLayout.ADDRESS, 1, Arena.global().allocate(ValueLayout.JAVA_INT));
    opened.beginCapture(stream);
    opened.launch(function, grid, stream, parameters);
    executable = opened.instantiate(opened.endCapture(stream));
    opened.launchGraph(executable, stream);
    opened.synchroniseStream(stream);
  }

  private CudaBinding openBinding() {
    System.setProperty("segue.cuda.binding", binding.name().toLowerCase(Locale.ROOT));
    return switch (CudaBindings.open()) {
      case Opened<CudaBinding>(CudaBinding opened) -> opened;
      case Refused<CudaBinding> refused ->
          throw new IllegalStateException("%s: %s".formatted(binding, refused.line()));
    };
  }

  private static MemorySegment constant(long value) {
    return Arena.global().allocateFrom(ValueLayout.JAVA_LONG, value);
  }

  private void checkCopies(CudaBinding opened) {
    pinned.fill((byte) 7);
    opened.copyToDevice(memory, pinned, stream);
    opened.synchroniseStream(stream);
    pinned.fill((byte) 0);
    opened.copyToHost(pinned, memory, stream);
    opened.synchroniseStream(stream);
    if (pinned.get(ValueLayout.JAVA_BYTE, COPIED_BYTES - 1) != 7) {
      throw new IllegalStateException(binding + ": a copy there and back differs");
    }
  }

  /// Lets the device do what has queued up.
  @TearDown(Level.Invocation)
  public void drain() {
    cuda().synchroniseStream(stream);
  }

  /// Asks for a number that the driver knows: as little as a call can be.
  @Benchmark
  @OperationsPerInvocation(CALLS)
  public int bareCall() {
    int sum = 0;
    for (int i = 0; i < CALLS; i++) {
      sum += cuda().driverVersion();
    }
    return sum;
  }

  /// Starts a kernel of two parameters.
  @Benchmark
  @OperationsPerInvocation(CALLS)
  public void launch() {
    for (int i = 0; i < CALLS; i++) {
      cuda().launch(function, grid, stream, parameters);
    }
  }

  /// Copies 64 bytes from page-locked memory.
  @Benchmark
  @OperationsPerInvocation(CALLS)
  public void smallCopy() {
    for (int i = 0; i < CALLS; i++) {
      cuda().copyToDevice(memory, pinned, stream);
    }
  }

  /// Starts a graph of one kernel.
  @Benchmark
  @OperationsPerInvocation(CALLS)
  public void launchGraph() {
    for (int i = 0; i < CALLS; i++) {
      cuda().launchGraph(executable, stream);
    }
  }

  private CudaBinding cuda() {
    return Objects.requireNonNull(cuda);
  }
}
