package dev.segue.kernels.cuda;

import dev.segue.kernels.cuda.BlasBinding.Compute;
import dev.segue.kernels.cuda.BlasBinding.Element;
import dev.segue.kernels.cuda.BlasBinding.Operand;
import dev.segue.kernels.cuda.BlasBinding.Product;
import dev.segue.kernels.cuda.CudaBinding.Grid;
import java.util.Arrays;

/// Work for a device, written down in order before any of it is done. Two buffers with the same
/// words do the same work in the same memory, so that one can be replayed for the other: numbers
/// that change from step to step are uploaded and not written here.
///
/// The words of a command are its code, then its arguments. They never leave the process, so that
/// places of enum constants will do as their numbers.
@SuppressWarnings("EnumOrdinal")
final class CommandBuffer {
  private static final int LAUNCH = 1;
  private static final int GEMM = 2;
  private static final int FILL = 3;
  private static final int COPY = 4;
  private static final Kernel[] KERNELS = Kernel.values();
  private static final Element[] ELEMENTS = Element.values();
  private static final Compute[] COMPUTES = Compute.values();

  private long[] words = new long[1024];
  private int length;
  private int commands;

  /// Does commands, in order.
  interface Executor {
    /// Starts a kernel.
    ///
    /// @param words holds the parameters
    /// @param from where the first lies
    void launch(Kernel kernel, Grid grid, long[] words, int from);

    /// Multiplies by cuBLAS.
    void gemm(Product product);

    /// Fills memory.
    void fill(long target, int word, long count);

    /// Copies on the device.
    void copy(long target, long source, long bytes);
  }

  void launch(Kernel kernel, Grid grid, long... parameters) {
    if (parameters.length != kernel.parameters().length()) {
      throw new IllegalArgumentException(
          "cuda: parameters of %s, expected %d, got %d"
              .formatted(kernel.entry(), kernel.parameters().length(), parameters.length));
    }
    add(LAUNCH, kernel.ordinal(), grid.blocksX(), grid.blocksY(), grid.blocksZ());
    add(grid.threads(), grid.sharedBytes(), grid.cluster());
    add(parameters);
    commands++;
  }

  void gemm(Product p) {
    add(GEMM, p.transposeA() ? 1 : 0, p.transposeB() ? 1 : 0, p.compute().ordinal());
    add(p.rows(), p.columns(), p.depth());
    add(Float.floatToRawIntBits(p.alpha()), Float.floatToRawIntBits(p.beta()));
    add(p.a());
    add(p.b());
    add(p.c());
    commands++;
  }

  private void add(Operand operand) {
    add(operand.address(), operand.type().ordinal(), operand.stride());
  }

  void fill(long target, int word, long count) {
    add(FILL, target, word, count);
    commands++;
  }

  void copy(long target, long source, long bytes) {
    add(COPY, target, source, bytes);
    commands++;
  }

  private void add(long... more) {
    if (length + more.length > words.length) {
      words = Arrays.copyOf(words, 2 * (length + more.length));
    }
    System.arraycopy(more, 0, words, length, more.length);
    length += more.length;
  }

  /// Returns the number of commands.
  int commands() {
    return commands;
  }

  boolean isEmpty() {
    return length == 0;
  }

  /// Forgets all commands.
  void clear() {
    length = 0;
    commands = 0;
  }

  /// Returns what is written down, as a key that later commands do not change.
  Key key() {
    return new Key(Arrays.copyOf(words, length));
  }

  /// What a buffer held.
  static final class Key {
    private final long[] words;
    private final int hash;

    private Key(long[] words) {
      this.words = words;
      this.hash = Arrays.hashCode(words);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && Arrays.equals(words, key.words);
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }

  /// Does all commands.
  void run(Executor executor) {
    int at = 0;
    while (at < length) {
      at =
          switch ((int) words[at]) {
            case LAUNCH -> launch(executor, at + 1);
            case GEMM -> gemm(executor, at + 1);
            case FILL -> {
              executor.fill(words[at + 1], (int) words[at + 2], words[at + 3]);
              yield at + 4;
            }
            case COPY -> {
              executor.copy(words[at + 1], words[at + 2], words[at + 3]);
              yield at + 4;
            }
            default -> throw new IllegalStateException("cuda: no command " + words[at]);
          };
    }
  }

  private int launch(Executor executor, int at) {
    Kernel kernel = KERNELS[(int) words[at]];
    Grid grid =
        new Grid(
            (int) words[at + 1],
            (int) words[at + 2],
            (int) words[at + 3],
            (int) words[at + 4],
            (int) words[at + 5],
            (int) words[at + 6]);
    executor.launch(kernel, grid, words, at + 7);
    return at + 7 + kernel.parameters().length();
  }

  private int gemm(Executor executor, int at) {
    executor.gemm(
        new Product(
            words[at] != 0,
            words[at + 1] != 0,
            (int) words[at + 3],
            (int) words[at + 4],
            (int) words[at + 5],
            Float.intBitsToFloat((int) words[at + 6]),
            operand(at + 8),
            operand(at + 11),
            Float.intBitsToFloat((int) words[at + 7]),
            operand(at + 14),
            COMPUTES[(int) words[at + 2]]));
    return at + 17;
  }

  private Operand operand(int at) {
    return new Operand(words[at], ELEMENTS[(int) words[at + 1]], (int) words[at + 2]);
  }
}
