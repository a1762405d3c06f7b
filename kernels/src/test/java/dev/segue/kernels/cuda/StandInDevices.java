package dev.segue.kernels.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Supplier;

/// Devices of the stand-in driver, for tests of the backend.
public final class StandInDevices {
  private final StandInDriver driver = StandInDriver.load();

  /// Opens the first device.
  ///
  /// @param withBlas whether there is a cuBLAS
  public Device open(boolean withBlas) {
    return open(0, withBlas);
  }

  /// Opens a device.
  public Device open(int ordinal, boolean withBlas) {
    return inItsPlace(
        withBlas,
        () ->
            switch (Devices.open(ordinal)) {
              case Opening.Opened<Device>(Device device) -> device;
              case Opening.Refused<Device> refused ->
                  throw new IllegalStateException(refused.line());
            });
  }

  /// Opens something that looks for the driver and for cuBLAS itself.
  public <T> T inItsPlace(boolean withBlas, Supplier<T> opening) {
    System.setProperty("segue.cuda.driver", driver.library("libcuda.so.1").toString());
    System.setProperty(
        "segue.cuda.cublas", withBlas ? driver.library("libcublas.so.13").toString() : "none");
    try {
      return opening.get();
    } finally {
      System.clearProperty("segue.cuda.driver");
      System.clearProperty("segue.cuda.cublas");
    }
  }

  /// Changes the driver, see [StandInDriver#set].
  public void set(String what, long value) {
    driver.set(what, value);
  }

  /// Checks accesses of kernels, see [StandInDriver#checkEveryAccess].
  public void checkEveryAccess() {
    driver.checkEveryAccess();
  }

  /// Lets a call fail, see [StandInDriver#failAt].
  public void failAt(String call, int use, int code) {
    driver.failAt(call, use, code);
  }

  /// Counts, see [StandInDriver#count].
  public long count(String what) {
    return driver.count(what);
  }

  /// Checks that nothing is left of devices that were closed.
  public void assertNothingIsLeft() {
    assertThat(driver.count("alive")).as("objects of the driver that were not freed").isZero();
    assertThat(driver.count("leaks")).as("objects that a context took with it").isZero();
    assertThat(driver.report()).isEmpty();
  }
}
