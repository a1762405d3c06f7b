package dev.segue.kernels;

import dev.segue.kernels.cuda.StandInDevices;
import org.junit.jupiter.api.Nested;

class CudaBackendTest {
  /// Products by our own kernel.
  @Nested
  class WithoutBlas extends CudaContract {
    @Override
    CudaBackend open(StandInDevices devices) {
      return new CudaBackend(devices.open(false), CudaPrecision.FLOAT32);
    }
  }

  /// Products by cuBLAS, and little memory for logits and scores, so that there are several passes.
  @Nested
  class WithBlasAndLittleMemory extends CudaContract {
    private static final long LOGITS_BYTES = 40_000;

    @Override
    CudaBackend open(StandInDevices devices) {
      return new CudaBackend(devices.open(true), CudaPrecision.FLOAT32, LOGITS_BYTES);
    }
  }

  /// Blocks and threads in the opposite order, which must not be seen.
  @Nested
  class LastBlocksFirst extends CudaContract {
    @Override
    CudaBackend open(StandInDevices devices) {
      devices.set("lastFirst", 1);
      return new CudaBackend(devices.open(true), CudaPrecision.FLOAT32);
    }
  }

  /// No race and no access outside of an allocation, whatever comes of it.
  @Nested
  class WithEveryAccessChecked extends CudaContract {
    @Override
    CudaBackend open(StandInDevices devices) {
      devices.checkEveryAccess();
      return new CudaBackend(devices.open(false), CudaPrecision.FLOAT32);
    }
  }

  /// The variant of the kernels for the oldest devices.
  @Nested
  class OnTheOldestDevice extends CudaContract {
    @Override
    CudaBackend open(StandInDevices devices) {
      devices.set("capability", 75);
      return new CudaBackend(devices.open(false), CudaPrecision.FLOAT32);
    }
  }
}
