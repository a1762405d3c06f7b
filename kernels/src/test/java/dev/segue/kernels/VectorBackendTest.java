package dev.segue.kernels;

import org.junit.jupiter.api.Nested;

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
}
