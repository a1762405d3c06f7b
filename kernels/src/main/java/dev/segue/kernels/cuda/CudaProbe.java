package dev.segue.kernels.cuda;

import dev.segue.kernels.CudaReport;
import dev.segue.kernels.CudaReport.Gpu;
import dev.segue.kernels.CudaReport.Part;
import dev.segue.kernels.CudaReport.Part.Missing;
import dev.segue.kernels.CudaReport.Part.Present;
import dev.segue.kernels.cuda.CudaBinding.DeviceInfo;
import dev.segue.kernels.cuda.Opening.Opened;
import dev.segue.kernels.cuda.Opening.Refused;
import java.io.File;
import java.util.List;
import java.util.stream.IntStream;

/// Finds out what a machine has for the CUDA backend, without making a context.
public final class CudaProbe {
  /// Why nothing is tried where [#isLikely] says no.
  public static final String UNLIKELY =
      "no NVIDIA GPU: the system shows none; ask for cuda by name to know more";

  /// What a driver's half in the kernel shows: on servers and desktops, in containers, on Jetson,
  /// on WSL.
  private static final List<String> SIGNS =
      List.of("proc/driver/nvidia", "dev/nvidiactl", "dev/nvmap", "dev/nvhost-gpu", "dev/dxg");

  private CudaProbe() {}

  /// Returns whether it is worth the time to look for a driver, which is 20 ms of a program's
  /// start: the system shows a GPU, or the user names a driver.
  public static boolean isLikely() {
    return CudaLibraries.isDriverChosen() || isLikely(new File("/"));
  }

  /// As [#isLikely] for the file system under a folder.
  static boolean isLikely(File root) {
    for (String sign : SIGNS) {
      if (new File(root, sign).exists()) {
        return true;
      }
    }
    return false;
  }

  /// Returns everything that was found, and the reason and the cure of what was not.
  public static CudaReport report() {
    return switch (CudaBindings.open()) {
      case Refused<CudaBinding> refused ->
          new CudaReport(
              missing(refused),
              CudaBindings.choice(),
              List.of(),
              new Missing("no cuBLAS: not looked for without a driver", "", List.of()));
      case Opened<CudaBinding>(CudaBinding binding) -> {
        int version = binding.driverVersion();
        yield new CudaReport(
            new Present("CUDA " + CudaVersion.text(version), binding.library()),
            binding.name(),
            gpus(binding, version),
            cublas(binding));
      }
    };
  }

  /// Returns the driver, if it has a device that the kernels run on.
  public static Opening<CudaBinding> usable() {
    return CudaBindings.open().then(CudaProbe::usable);
  }

  private static Opening<CudaBinding> usable(CudaBinding binding) {
    int version = binding.driverVersion();
    Opening<CudaBinding> answer = DriverStart.noDevice("it lists none");
    for (int ordinal = 0; ordinal < binding.deviceCount(); ordinal++) {
      answer =
          PtxVariant.of(binding.device(ordinal).capability(), version)
              .then(variant -> new Opened<>(binding));
      if (answer instanceof Opened) {
        return answer;
      }
    }
    return answer;
  }

  private static List<Gpu> gpus(CudaBinding binding, int version) {
    return IntStream.range(0, binding.deviceCount())
        .mapToObj(binding::device)
        .map(device -> gpu(device, version))
        .toList();
  }

  private static Gpu gpu(DeviceInfo device, int version) {
    Part kernels =
        switch (PtxVariant.of(device.capability(), version)) {
          case Refused<PtxVariant> refused -> missing(refused);
          case Opened<PtxVariant>(PtxVariant variant) -> new Present(variant.file(), "");
        };
    return new Gpu(
        device.ordinal(),
        device.name(),
        device.major() + "." + device.minor(),
        device.memoryBytes(),
        kernels);
  }

  private static Part cublas(CudaBinding binding) {
    return switch (CudaBindings.openBlas(binding)) {
      case Refused<BlasBinding> refused -> missing(refused);
      case Opened<BlasBinding>(BlasBinding blas) -> {
        int version = blas.version();
        yield new Present(
            "%d.%d.%d".formatted(version / 10_000, version / 100 % 100, version % 100),
            blas.library());
      }
    };
  }

  private static Missing missing(Refused<?> refused) {
    return new Missing(refused.reason(), refused.cure(), refused.tried());
  }
}
