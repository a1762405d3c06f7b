package dev.segue.kernels.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.kernels.cuda.Opening.Opened;
import java.lang.foreign.Arena;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Every test of a binding, written once. A subclass names a binding and runs them all.
abstract class CudaBindingContract
    implements CudaMemoryContract,
        CudaStreamContract,
        CudaLaunchContract,
        CudaRefusalContract,
        CudaBlasContract {
  private final StandInDriver driver = StandInDriver.load();
  private final Arena arena = Arena.ofConfined();
  private final CudaBinding cuda;
  private long context;

  CudaBindingContract() {
    Map.of(
            "segue.cuda.driver", driver.library("libcuda.so.1").toString(),
            "segue.cuda.cublas", driver.library("").toString(),
            "segue.cuda.binding", binding())
        .forEach(System::setProperty);
    Opening<CudaBinding> opening = CudaBindings.open();
    assertThat(opening).isInstanceOf(Opened.class);
    cuda = ((Opened<CudaBinding>) opening).value();
  }

  /// Returns the binding's name.
  abstract String binding();

  @BeforeEach
  void makeAContext() {
    context = cuda.retainContext(0);
    cuda.setCurrentContext(context);
  }

  @AfterEach
  void nothingIsLeft() {
    cuda.releaseContext(0);
    arena.close();
    System.clearProperty("segue.cuda.driver");
    System.clearProperty("segue.cuda.cublas");
    System.clearProperty("segue.cuda.binding");
    assertThat(driver.count("leaks")).as("what the context left behind").isZero();
    assertThat(driver.count("alive")).as("what is left").isZero();
  }

  @Override
  public CudaBinding cuda() {
    return cuda;
  }

  @Override
  public StandInDriver driver() {
    return driver;
  }

  @Override
  public long context() {
    return context;
  }

  @Override
  public Arena arena() {
    return arena;
  }

  @Test
  void itIsTheBindingAskedForOverTheDriverAskedFor() {
    assertThat(cuda.name()).isEqualTo(binding());
    assertThat(cuda.library()).isEqualTo(driver.library("libcuda.so.1").toString());
    assertThat(cuda.driverVersion()).isEqualTo(13_000);
    driver.set("devices", 3);
    assertThat(cuda.deviceCount()).isEqualTo(3);
  }

  @Test
  void aDeviceIsDescribed() {
    CudaBinding.DeviceInfo device = cuda.device(0);

    assertThat(device.ordinal()).isZero();
    assertThat(device.name()).isNotBlank();
    assertThat(device.capability()).isEqualTo(90);
    assertThat(device.multiprocessors()).isPositive();
    assertThat(device.sharedBytesPerBlock()).isEqualTo(227 * 1024);
    assertThat(device.secondCacheBytes()).isPositive();
    assertThat(device.memoryBytes()).isGreaterThan(1 << 20);
  }

  @Test
  void aContextIsCountedByWhoRetainsIt() {
    long again = cuda.retainContext(0);
    cuda.releaseContext(0);

    assertThat(again).isEqualTo(context);
    cuda.free(cuda.allocate(1));
  }
}
