package dev.segue.kernels;

import org.junit.jupiter.api.Nested;

/// Forced vector widths run this class in JVMs of their own; see the module's pom.
class VectorBackendTest {
  @Nested
  class OneThread extends TwinContract {
    @Override
    Backend open() {
      return new VectorBackend(1);
    }
  }

  @Nested
  class TwoThreads extends TwinContract {
    @Override
    Backend open() {
      return new VectorBackend(2, 1, HeapTensor.BLOCK_ELEMENTS);
    }
  }

  @Nested
  class ThreeThreadsOnTinyBlocks extends TwinContract {
    @Override
    Backend open() {
      return new VectorBackend(3, 1, 150);
    }
  }
}
