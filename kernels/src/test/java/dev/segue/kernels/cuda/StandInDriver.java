package dev.segue.kernels.cuda;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// A CUDA driver and a cuBLAS without a GPU: `libcuda.so.1` and both `libcublas` from
/// `src/test/cuda`, which run the project's kernels, compiled by g++, on the CPU. Once loaded they
/// are what a program finds under these names.
///
/// The process has one of them; [#load] gives it back in its first state.
final class StandInDriver {
  private static final String[] LIBRARIES = {"libcuda.so.1", "libcublas.so.13", "libcublas.so.12"};

  private final StandInBuild build;
  private final MethodHandle set;
  private final MethodHandle count;
  private final MethodHandle report;
  private final MethodHandle ptx;
  private final MethodHandle reset;

  private StandInDriver(StandInBuild build) {
    this.build = build;
    for (String library : LIBRARIES) {
      open(library);
    }
    set = handle("standInSet", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG));
    count = handle("standInCount", FunctionDescriptor.of(JAVA_LONG, ADDRESS));
    report = handle("standInReport", FunctionDescriptor.of(ADDRESS));
    ptx = handle("standInPtx", FunctionDescriptor.of(ADDRESS));
    reset = handle("standInReset", FunctionDescriptor.ofVoid());
    useKernels(build.kernels() + "/", "");
    build.bringTogether();
  }

  private static final class Loaded {
    static final StandInDriver DRIVER = new StandInDriver(StandInBuild.now());
  }

  /// Builds and loads the libraries where that has not been done, and takes every setting, error
  /// and object back. Skips the test where there is no compiler; on a build server, where
  /// `CI=true`, that is a failure.
  static StandInDriver load() {
    boolean isInstalled = hasProgram("g++");
    if (!isInstalled && "true".equals(System.getenv("CI"))) {
      fail("no g++ on this machine, expected where CI=true");
    }
    assumeTrue(isInstalled, "skipped: no g++ on this machine to compile the stand-in driver");
    Loaded.DRIVER.reset();
    return Loaded.DRIVER;
  }

  /// Returns whether a program is on the path.
  static boolean hasProgram(String name) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(entry -> Files.isExecutable(Path.of(entry, name)));
  }

  /// Returns where one of the libraries lies.
  Path library(String name) {
    return build.driver().resolve(name);
  }

  /// Changes what the driver is: `devices`, `driverVersion` (13000), `capability` (90), `memory` in
  /// bytes, `peers`; or how it works: `eager` (work is done at once and not when somebody waits),
  /// `lastFirst` (blocks and threads in the opposite order).
  void set(String what, long value) {
    try (Arena arena = Arena.ofConfined()) {
      int refused = (int) set.invokeExact(arena.allocateFrom(what), value);
      if (refused != 0) {
        throw new IllegalArgumentException("the stand-in has no " + what);
      }
    } catch (Throwable e) {
      throw rethrown(e);
    }
  }

  /// Lets modules that are loaded from now on check every access of their kernels to memory of the
  /// device, exactly to the byte, and end those where two threads use the same memory with nothing
  /// that orders them. Ten times slower and more.
  void checkEveryAccess() {
    useKernels(build.kernels() + "/", build.checkedKernels() + "/");
    set("checks", 1);
  }

  /// Lets the n-th call from now of a function fail: `failAt("cuMemAlloc_v2", 3, 2)` runs out of
  /// memory at the third allocation. Functions of cuBLAS fail with a `cublasStatus_t`.
  void failAt(String call, int use, int code) {
    set("fail:" + call + ":" + code, use);
  }

  /// Returns how many there are of `allocations`, `allocatedBytes`, `pinned`, `streams`, `events`,
  /// `modules`, `graphs`, `executables`, `blasHandles`, `contexts`, or of all these (`alive`); what
  /// contexts left behind when they ended (`leaks`); how much was done of `launches`,
  /// `graphLaunches`, `products`, `copiedBytes`; or how often a function was called, by its name.
  long count(String what) {
    try (Arena arena = Arena.ofConfined()) {
      return (long) count.invokeExact(arena.allocateFrom(what));
    } catch (Throwable e) {
      throw rethrown(e);
    }
  }

  /// Returns what went wrong last, in words, or an empty text.
  String report() {
    try {
      return text((MemorySegment) report.invokeExact());
    } catch (Throwable e) {
      throw rethrown(e);
    }
  }

  /// Returns PTX that declares the kernels of `faulty.cu`, which no compiler makes PTX of.
  String ownKernels() {
    try {
      return text((MemorySegment) ptx.invokeExact());
    } catch (Throwable e) {
      throw rethrown(e);
    }
  }

  private void useKernels(String plain, String checked) {
    MethodHandle use = handle("standInUseKernels", FunctionDescriptor.ofVoid(ADDRESS, ADDRESS));
    try (Arena arena = Arena.ofConfined()) {
      use.invokeExact(arena.allocateFrom(plain), arena.allocateFrom(checked));
    } catch (Throwable e) {
      throw rethrown(e);
    }
  }

  private void reset() {
    try {
      reset.invokeExact();
    } catch (Throwable e) {
      throw rethrown(e);
    }
  }

  @SuppressWarnings("restricted")
  private static String text(MemorySegment address) {
    return address.reinterpret(Long.MAX_VALUE).getString(0);
  }

  @SuppressWarnings("restricted")
  private SymbolLookup open(String library) {
    return SymbolLookup.libraryLookup(library(library), Arena.global());
  }

  @SuppressWarnings("restricted")
  private MethodHandle handle(String name, FunctionDescriptor descriptor) {
    MemorySegment function = open("libcuda.so.1").findOrThrow(name);
    return Linker.nativeLinker().downcallHandle(function, descriptor);
  }

  private static RuntimeException rethrown(Throwable failure) {
    return failure instanceof RuntimeException known ? known : new IllegalStateException(failure);
  }
}
