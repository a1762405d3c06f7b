package dev.segue.kernels;

import dev.segue.kernels.cuda.StandInDevices;
import org.junit.jupiter.api.AfterEach;

/// The contract and the comparison with the scalar backend, on the stand-in driver; and nothing may
/// be left on the device when the backend is closed.
abstract class CudaContract extends TwinContract {
  private final StandInDevices devices = new StandInDevices();

  abstract CudaBackend open(StandInDevices devices);

  @Override
  Backend open() {
    return open(devices);
  }

  @AfterEach
  void leaveNothing() {
    backend().close();
    devices.assertNothingIsLeft();
  }
}
