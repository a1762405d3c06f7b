package dev.segue.kernels.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.kernels.Backends;
import dev.segue.kernels.CudaReport;
import dev.segue.kernels.CudaReport.Gpu;
import dev.segue.kernels.CudaReport.Part.Missing;
import dev.segue.kernels.CudaReport.Part.Present;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CudaProbeTest {
  private static final String DRIVER = "segue.cuda.driver";
  private static final String CUBLAS = "segue.cuda.cublas";

  private final StandInDriver driver = StandInDriver.load();

  @BeforeEach
  void useTheStandIn() {
    System.setProperty(DRIVER, driver.library("libcuda.so.1").toString());
    System.setProperty(CUBLAS, driver.library("").toString());
  }

  @AfterEach
  void useWhatTheMachineHas() {
    System.clearProperty(DRIVER);
    System.clearProperty(CUBLAS);
  }

  @Test
  void everythingIsFoundWithItsPlaceAndNothingIsMade() {
    driver.set("devices", 2);
    driver.set("memory", 1L << 34);
    CudaReport report = Backends.cudaReport();

    assertThat(report.driver())
        .isEqualTo(new Present("CUDA 13.0", driver.library("libcuda.so.1").toString()));
    assertThat(report.binding()).isEqualTo("panama");
    assertThat(report.cublas())
        .isEqualTo(new Present("13.0.0", driver.library("libcublas.so.13").toString()));
    assertThat(report.gpus())
        .hasSize(2)
        .allSatisfy(gpu -> {
          assertThat(gpu.capability()).isEqualTo("9.0");
          assertThat(gpu.memoryBytes()).isEqualTo(1L << 34);
          assertThat(gpu.kernels()).isEqualTo(new Present("sm90.ptx", ""));
        })
        .extracting(Gpu::ordinal)
        .containsExactly(0, 1);
    assertThat(driver.count("alive")).isZero();
  }

  @Test
  void anOldGpuIsNamedAndRefused() {
    driver.set("capability", 61);

    assertThat(Backends.cudaReport().gpus().getFirst().kernels())
        .isEqualTo(
            new Missing(
                "compute capability 6.1 is too old: 7.5 or newer is needed",
                "use a GPU of 2018 or later (Turing), or another backend",
                List.of()));
    assertThat(CudaProbe.usable()).isInstanceOf(Opening.Refused.class);
  }

  @Test
  void aMissingDriverEndsTheSearch(@TempDir Path empty) {
    System.setProperty(DRIVER, empty.toString());
    CudaReport report = Backends.cudaReport();

    assertThat(report.driver())
        .isInstanceOfSatisfying(
            Missing.class,
            missing -> {
              assertThat(missing.reason())
                  .isEqualTo("no NVIDIA driver: " + empty + "/libcuda.so.1: no such file");
              assertThat(missing.cure()).startsWith("install NVIDIA's driver, or name the file by");
            });
    assertThat(report.gpus()).isEmpty();
    assertThat(report.cublas()).isInstanceOf(Missing.class);
  }

  @Test
  void aMissingCublasLeavesTheRest(@TempDir Path empty) {
    System.setProperty(CUBLAS, empty.toString());
    CudaReport report = Backends.cudaReport();

    assertThat(report.cublas()).isInstanceOf(Missing.class);
    assertThat(report.gpus()).isNotEmpty();
  }

  @Test
  void nothingIsLoadedWhereTheSystemShowsNoGpu(@TempDir Path root) throws IOException {
    System.clearProperty(DRIVER);
    assertThat(CudaProbe.isLikely(root.toFile())).isFalse();
    Files.createDirectories(root.resolve("proc/driver/nvidia"));
    assertThat(CudaProbe.isLikely(root.toFile())).isTrue();
  }

  @Test
  void aDriverThatIsNamedIsTried() {
    assertThat(CudaProbe.isLikely()).isTrue();
  }
}
