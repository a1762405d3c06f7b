package dev.segue.kernels.cuda;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// Asks the system's loader why it does not load a file, which Java keeps to itself.
///
/// Source: `dlfcn.h`.
final class DynamicLoader {
  private static final int RTLD_LAZY = 1;
  private static final long LONGEST_MESSAGE = 4096;

  private DynamicLoader() {}

  /// Returns the loader's reason: `/usr/lib/libcuda.so.1: file too short`.
  @SuppressWarnings("restricted") // the module is granted native access, see kernels/README.md
  static String failure(String path) {
    Linker linker = Linker.nativeLinker();
    // void *dlopen(const char *filename, int flags)
    MethodHandle dlopen =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("dlopen"),
            FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_INT));
    // char *dlerror(void)
    MethodHandle dlerror =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("dlerror"), FunctionDescriptor.of(ADDRESS));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment file = arena.allocateFrom(path);
      MemorySegment opened = (MemorySegment) dlopen.invokeExact(file, RTLD_LAZY);
      MemorySegment message = (MemorySegment) dlerror.invokeExact();
      return opened.equals(MemorySegment.NULL) && !message.equals(MemorySegment.NULL)
          ? message.reinterpret(LONGEST_MESSAGE).getString(0)
          : path + ": cannot be loaded";
    } catch (Throwable e) {
      throw Downcall.unchecked(e);
    }
  }
}
