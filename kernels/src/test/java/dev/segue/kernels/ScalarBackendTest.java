package dev.segue.kernels;

import org.junit.jupiter.api.Nested;

class ScalarBackendTest {
  @Nested
  class WholeBlocks extends BackendContract {
    @Override
    Backend open() {
      return new ScalarBackend();
    }
  }

  @Nested
  class TinyBlocks extends BackendContract {
    @Override
    Backend open() {
      return new ScalarBackend(40);
    }
  }
}
