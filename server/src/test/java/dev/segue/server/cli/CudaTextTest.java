package dev.segue.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.kernels.CudaReport;
import dev.segue.kernels.CudaReport.Gpu;
import dev.segue.kernels.CudaReport.Part.Missing;
import dev.segue.kernels.CudaReport.Part.Present;
import java.util.List;
import org.junit.jupiter.api.Test;

class CudaTextTest {
  @Test
  void eachPartHasALineAndWhatIsMissingItsCure() {
    CudaReport report =
        new CudaReport(
            new Present("CUDA 12.4", "/usr/lib64/libcuda.so.1"),
            "panama",
            List.of(
                new Gpu(0, "NVIDIA H200", "9.0", 150_109_880_320L, new Present("sm90.ptx", "")),
                new Gpu(
                    1,
                    "Tesla P40",
                    "6.1",
                    24L << 30,
                    new Missing("compute capability 6.1 is too old", "use another", List.of()))),
            new Missing(
                "no cuBLAS: libcublas.so.12 was not found",
                "install it",
                List.of("the loader's path", "/usr/local/cuda/lib64")));

    assertThat(CudaText.lines(report))
        .containsExactly(
            "driver   CUDA 12.4, /usr/lib64/libcuda.so.1",
            "binding  panama",
            "GPU 0    NVIDIA H200, compute capability 9.0, 139.8 GiB",
            "kernels  sm90.ptx",
            "GPU 1    Tesla P40, compute capability 6.1, 24.0 GiB",
            "kernels  compute capability 6.1 is too old",
            "  cure   use another",
            "cuBLAS   no cuBLAS: libcublas.so.12 was not found",
            "  cure   install it",
            "  tried  the loader's path",
            "         /usr/local/cuda/lib64");
  }

  @Test
  void withoutADriverThereIsNothingElseToSay() {
    CudaReport report =
        new CudaReport(
            new Missing("no NVIDIA driver", "install it", List.of()),
            "panama",
            List.of(),
            new Missing("no cuBLAS: not looked for", "", List.of()));

    assertThat(CudaText.lines(report))
        .containsExactly("driver   no NVIDIA driver", "  cure   install it");
  }
}
