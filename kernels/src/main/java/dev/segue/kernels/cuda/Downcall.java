package dev.segue.kernels.cuda;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// Calls C functions that return an `int`, by their address. There is one handle per list of
/// parameter types and not per function: constants, which the compiler inlines whichever library
/// the address is from.
///
/// In the handles' names I is an `int`, L a `long`, a handle or a device address, and P a pointer
/// to memory of the host.
final class Downcall {
  private static final MethodHandle NONE = handle();
  private static final MethodHandle I = handle(JAVA_INT);
  private static final MethodHandle L = handle(JAVA_LONG);
  private static final MethodHandle P = handle(ADDRESS);
  private static final MethodHandle PI = handle(ADDRESS, JAVA_INT);
  private static final MethodHandle PII = handle(ADDRESS, JAVA_INT, JAVA_INT);
  private static final MethodHandle PP = handle(ADDRESS, ADDRESS);
  private static final MethodHandle PL = handle(ADDRESS, JAVA_LONG);
  private static final MethodHandle PLI = handle(ADDRESS, JAVA_LONG, JAVA_INT);
  private static final MethodHandle LPLL = handle(JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_LONG);
  private static final MethodHandle PLLL = handle(ADDRESS, JAVA_LONG, JAVA_LONG, JAVA_LONG);
  private static final MethodHandle LLLL = handle(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
  private static final MethodHandle LLLLLL =
      handle(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
  private static final MethodHandle LI = handle(JAVA_LONG, JAVA_INT);
  private static final MethodHandle LILL = handle(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG);
  private static final MethodHandle LLI = handle(JAVA_LONG, JAVA_LONG, JAVA_INT);
  private static final MethodHandle LL = handle(JAVA_LONG, JAVA_LONG);
  private static final MethodHandle LLL = handle(JAVA_LONG, JAVA_LONG, JAVA_LONG);
  private static final MethodHandle PLL = handle(ADDRESS, JAVA_LONG, JAVA_LONG);
  private static final MethodHandle PPIPP = handle(ADDRESS, ADDRESS, JAVA_INT, ADDRESS, ADDRESS);
  private static final MethodHandle PLP = handle(ADDRESS, JAVA_LONG, ADDRESS);
  private static final MethodHandle LII = handle(JAVA_LONG, JAVA_INT, JAVA_INT);
  private static final MethodHandle PLIL = handle(ADDRESS, JAVA_LONG, JAVA_INT, JAVA_LONG);
  private static final MethodHandle LIIIIIIILPP =
      handle(
          JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT,
          JAVA_LONG, ADDRESS, ADDRESS);
  private static final MethodHandle PLPP = handle(ADDRESS, JAVA_LONG, ADDRESS, ADDRESS);
  private static final MethodHandle LP = handle(JAVA_LONG, ADDRESS);
  private static final MethodHandle IP = handle(JAVA_INT, ADDRESS);
  private static final MethodHandle LPL = handle(JAVA_LONG, ADDRESS, JAVA_LONG);
  private static final MethodHandle LIIIIIPLIILIIPLIIII =
      handle(
          JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT,
          JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT,
          JAVA_INT);

  private Downcall() {}

  @SuppressWarnings("restricted") // the module is granted native access, see kernels/README.md
  private static MethodHandle handle(MemoryLayout... parameters) {
    return Linker.nativeLinker().downcallHandle(FunctionDescriptor.of(JAVA_INT, parameters));
  }

  static int call(MemorySegment function) {
    try {
      return (int) NONE.invokeExact(function);
    } catch (Throwable thrown) {
      throw unchecked(thrown);
    }
  }

  static int call(MemorySegment function, int a) {
    try {
      return (int) I.invokeExact(function, a);
    } catch (Throwable thrown) {
      throw unchecked(thrown);
    }
  }

  static int call(MemorySegment function, long a) {
    try {
      return (int) L.invokeExact(function, a);
    } catch (Throwable thrown) {
      throw unchecked(thrown);
    }
  }

  static int call(MemorySegment function, MemorySegment a) {
    try {
      return (int) P.invokeExact(function, a);
    } catch (Throwable thrown) {
      throw unchecked(thrown);
    }
  }

  static int call(MemorySegment function, MemorySegment a, int b) {
    try {
      return (int) PI.invokeExact(function, a, b);
    } catch (Throwable thrown) {
      throw unchecked(thrown);
    }
  }

  static int call(MemorySegment function, MemorySegment a, int b, int c) {
    try {
      return (int) PII.invokeExact(function, a, b, c);
    } catch (Throwable thrown) {
      throw unchecked(thrown);
    }
  }

  static int call(MemorySegment function, MemorySegment a, MemorySegment b) {
    try {
      return (int) PP.invokeExact(function, a, b);
    } catch (Throwable thrown) {
      throw unchecked(thrown);
    }
  }

  static int call(MemorySegment function, MemorySegment a, long b) {
    try {
      return (int) PL.invokeExact(function, a, b);
    } catch (Throwable thrown) {
      throw unchecked(thrown);
    }
  }

  static int call(MemorySegment function, MemorySegment a, long b, int c) {
    try {
      return (int) PLI.invokeExact(function, a, b, c);
    } catch (Throwable thrown) {
      throw unchecked(thrown);
    }
  }

  static int call(MemorySegment function, long a, MemorySegment b, long c, long d) {
    try {
      return (int) LPLL.invokeExact(function, a, b, c, d);
    } catch (Throwable thrown) {
      throw unchecked(thrown);
    }
  }

  static int call(MemorySegment function, MemorySegment a, long b, long c, long d) {
    try {
      return (int) PLLL.invokeExact(function, a, b, c, d);
    } catch (Throwable thrown) {
      throw unchecked(thrown);
    }
  }

  static int call(MemorySegment function, long a, long b, long c, long d) {
    try {
      return (int) LLLL.invokeExact(function, a, b, c, d);
    } catch (Throwable thrown) {
      throw unchecked(thrown);
    }
  }

  static int call(MemorySegment function, long a, long b, long c, long d, long e, long f) {
    try {
      return (int) LLLLLL.invokeExact(function, a, b, c, d, e, f);
    } catch (Throwable thrown) {
      throw unchecked(thrown);
    }
  }

  static int call(MemorySegment function, long a, int b) {
    try {
      return (int) LI.invokeExact(function, a, b);
    } catch (Throwable thrown) {
      throw unchecked(thrown);
    }
  }

  static int call(MemorySegment function, long a, int b, long c, long d) {
    try {
      return (int) LILL.invokeExact(function, a, b, c, d);
    } catch (Throwable thrown) {
      throw unchecked(thrown);
    }
  }

  static int call(MemorySegment function, long a, long b, int c) {
    try {
      return (int) LLI.invokeExact(function, a, b, c);
    } catch (Throwable thrown) {
      throw unchecked(thrown);
    }
  }

  static int call(MemorySegment function, long a, long b) {
    try {
      return (int) LL.invokeExact(function, a, b);
    } catch (Throwable thrown) {
      throw unchecked(thrown);
    }
  }

  static int call(MemorySegment function, long a, long b, long c) {
    try {
      return (int) LLL.invokeExact(function, a, b, c);
    } catch (Throwable thrown) {
      throw unchecked(thrown);
    }
  }

  static int call(MemorySegment function, MemorySegment a, long b, long c) {
    try {
      return (int) PLL.invokeExact(function, a, b, c);
    } catch (Throwable thrown) {
      throw unchecked(thrown);
    }
  }

  static int call(
      MemorySegment function,
      MemorySegment a,
      MemorySegment b,
      int c,
      MemorySegment d,
      MemorySegment e) {
    try {
      return (int) PPIPP.invokeExact(function, a, b, c, d, e);
    } catch (Throwable thrown) {
      throw unchecked(thrown);
    }
  }

  static int call(MemorySegment function, MemorySegment a, long b, MemorySegment c) {
    try {
      return (int) PLP.invokeExact(function, a, b, c);
    } catch (Throwable thrown) {
      throw unchecked(thrown);
    }
  }

  static int call(MemorySegment function, long a, int b, int c) {
    try {
      return (int) LII.invokeExact(function, a, b, c);
    } catch (Throwable thrown) {
      throw unchecked(thrown);
    }
  }

  static int call(MemorySegment function, MemorySegment a, long b, int c, long d) {
    try {
      return (int) PLIL.invokeExact(function, a, b, c, d);
    } catch (Throwable thrown) {
      throw unchecked(thrown);
    }
  }

  static int call(
      MemorySegment function,
      long a,
      int b,
      int c,
      int d,
      int e,
      int f,
      int g,
      int h,
      long i,
      MemorySegment j,
      MemorySegment k) {
    try {
      return (int) LIIIIIIILPP.invokeExact(function, a, b, c, d, e, f, g, h, i, j, k);
    } catch (Throwable thrown) {
      throw unchecked(thrown);
    }
  }

  static int call(
      MemorySegment function, MemorySegment a, long b, MemorySegment c, MemorySegment d) {
    try {
      return (int) PLPP.invokeExact(function, a, b, c, d);
    } catch (Throwable thrown) {
      throw unchecked(thrown);
    }
  }

  static int call(MemorySegment function, long a, MemorySegment b) {
    try {
      return (int) LP.invokeExact(function, a, b);
    } catch (Throwable thrown) {
      throw unchecked(thrown);
    }
  }

  static int call(MemorySegment function, int a, MemorySegment b) {
    try {
      return (int) IP.invokeExact(function, a, b);
    } catch (Throwable thrown) {
      throw unchecked(thrown);
    }
  }

  static int call(MemorySegment function, long a, MemorySegment b, long c) {
    try {
      return (int) LPL.invokeExact(function, a, b, c);
    } catch (Throwable thrown) {
      throw unchecked(thrown);
    }
  }

  static int call(
      MemorySegment function,
      long a,
      int b,
      int c,
      int d,
      int e,
      int f,
      MemorySegment g,
      long h,
      int i,
      int j,
      long k,
      int l,
      int m,
      MemorySegment n,
      long o,
      int p,
      int q,
      int r,
      int s) {
    try {
      return (int)
          LIIIIIPLIILIIPLIIII.invokeExact(
              function, a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s);
    } catch (Throwable thrown) {
      throw unchecked(thrown);
    }
  }

  /// Handles declare every exception; those of a downcall are all unchecked.
  static RuntimeException unchecked(Throwable e) {
    if (e instanceof Error error) {
      throw error;
    }
    return e instanceof RuntimeException known ? known : new IllegalStateException(e);
  }
}
