package dev.segue.kernels;

import dev.segue.kernels.cuda.CudaBinding.Grid;

/// How many threads work on what.
final class CudaLaunches {
  /// Threads of a block, in every kernel.
  static final int THREADS = 256;

  /// A warp takes a row.
  private static final int ROWS = THREADS / 32;

  /// Blocks beyond which a thread takes several elements: several for each multiprocessor of the
  /// largest GPUs.
  private static final int MOST_BLOCKS = 4096;

  private CudaLaunches() {}

  /// A thread for each element, or several elements for each.
  static Grid elements(long count) {
    return Grid.of(Math.clamp(Math.ceilDiv(count, THREADS), 1, MOST_BLOCKS), THREADS);
  }

  /// A thread for each element.
  static Grid everyElement(long count) {
    return Grid.of(Math.toIntExact(Math.max(1, Math.ceilDiv(count, THREADS))), THREADS);
  }

  /// A warp for each row.
  static Grid warps(int rows) {
    return Grid.of(Math.max(1, Math.ceilDiv(rows, ROWS)), THREADS);
  }

  /// A block for each row.
  static Grid blocks(int rows) {
    return Grid.of(Math.max(1, rows), THREADS);
  }
}
