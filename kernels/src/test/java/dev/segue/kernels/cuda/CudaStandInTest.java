package dev.segue.kernels.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// The stand-in driver is built, loaded and found.
class CudaStandInTest {
  private final StandInDriver driver = StandInDriver.load();

  @Test
  void itsOwnKernelsAreDeclared() {
    assertThat(driver.ownKernels()).contains(".entry add_one(", ".target sm_75");
  }

  @Test
  void nothingIsAliveAtTheStart() {
    assertThat(driver.count("alive")).isZero();
    assertThat(driver.report()).isEmpty();
  }
}
