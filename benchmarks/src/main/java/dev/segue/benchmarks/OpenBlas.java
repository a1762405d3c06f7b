package dev.segue.benchmarks;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;

/// OpenBLAS, from the operating system: `apt-get install libopenblas0-pthread`, or
/// `-Dopenblas=/path/to/libopenblas.so`.
final class OpenBlas implements Peer {
  private static final int ROW_MAJOR = 101;
  private static final int NO_TRANSPOSE = 111;
  private static final int TRANSPOSE = 112;
  private static final String LIBRARY = System.getProperty("openblas", "libopenblas.so.0");

  @Override
  public Contender contender() {
    return Contender.OPENBLAS;
  }

  @Override
  public GemmTask gemm(GemmTask.Problem problem, int threads) {
    return new Product(problem, threads);
  }

  /// `cblas_sgemm` over memory outside the heap, as its users have it.
  private static final class Product implements GemmTask {
    private final Arena arena = Arena.ofShared();
    private final MethodHandle bound;
    private final MemorySegment c;

    Product(Problem problem, int threads) {
      SymbolLookup library = library();
      // void openblas_set_num_threads(int num_threads)
      call(function(library, "openblas_set_num_threads", JAVA_INT), threads);
      // void cblas_sgemm(order, transA, transB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc)
      MethodHandle sgemm =
          function(
              library,
              "cblas_sgemm",
              JAVA_INT,
              JAVA_INT,
              JAVA_INT,
              JAVA_INT,
              JAVA_INT,
              JAVA_INT,
              JAVA_FLOAT,
              ValueLayout.ADDRESS,
              JAVA_INT,
              ValueLayout.ADDRESS,
              JAVA_INT,
              JAVA_FLOAT,
              ValueLayout.ADDRESS,
              JAVA_INT);
      c = arena.allocate(JAVA_FLOAT, (long) problem.m() * problem.n());
      bound =
          MethodHandles.insertArguments(
              sgemm,
              0,
              ROW_MAJOR,
              problem.transposeA() ? TRANSPOSE : NO_TRANSPOSE,
              problem.transposeB() ? TRANSPOSE : NO_TRANSPOSE,
              problem.m(),
              problem.n(),
              problem.k(),
              1f,
              arena.allocateFrom(JAVA_FLOAT, problem.a()),
              problem.transposeA() ? problem.m() : problem.k(),
              arena.allocateFrom(JAVA_FLOAT, problem.b()),
              problem.transposeB() ? problem.k() : problem.n(),
              0f,
              c,
              problem.n());
    }

    @Override
    public void run() {
      call(bound);
    }

    @Override
    public float[] product() {
      return c.toArray(JAVA_FLOAT);
    }

    @Override
    public void close() {
      arena.close();
    }
  }

  @SuppressWarnings("restricted")
  private static SymbolLookup library() {
    try {
      // For good: its threads must not lose their code.
      return SymbolLookup.libraryLookup(LIBRARY, Arena.global());
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(
          "benchmark: OPENBLAS is not installed (%s); apt-get install libopenblas0-pthread, or give -Dopenblas=FILE"
              .formatted(e.getMessage()),
          e);
    }
  }

  @SuppressWarnings("restricted")
  private static MethodHandle function(
      SymbolLookup library, String name, MemoryLayout... arguments) {
    return Linker.nativeLinker()
        .downcallHandle(library.findOrThrow(name), FunctionDescriptor.ofVoid(arguments));
  }

  private static void call(MethodHandle function, Object... arguments) {
    try {
      function.invokeWithArguments(arguments);
    } catch (Throwable e) {
      throw new IllegalStateException("benchmark: OPENBLAS failed: " + e.getMessage(), e);
    }
  }
}
