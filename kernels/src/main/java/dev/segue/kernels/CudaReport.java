package dev.segue.kernels;

import java.util.List;

/// What a machine has for the CUDA backend: each part is there, or is missing with its reason and
/// its cure.
///
/// @param driver NVIDIA's driver
/// @param binding `panama` or `jcuda`
/// @param gpus devices, none where there is no driver
/// @param cublas NVIDIA's matrix products, without which the backend is slower
public record CudaReport(Part driver, String binding, List<Gpu> gpus, Part cublas) {
  /// Copies the list.
  public CudaReport {
    gpus = List.copyOf(gpus);
  }

  /// Something that a machine has or lacks.
  public sealed interface Part {
    /// It is there.
    ///
    /// @param description what it is: `CUDA 12.4`
    /// @param place its file
    record Present(String description, String place) implements Part {}

    /// It is missing.
    ///
    /// @param reason what is wrong
    /// @param cure what to do about it
    /// @param tried where it was looked for
    record Missing(String reason, String cure, List<String> tried) implements Part {
      /// Copies the list.
      public Missing {
        tried = List.copyOf(tried);
      }
    }
  }

  /// A device.
  ///
  /// @param ordinal from 0
  /// @param name as the driver gives it
  /// @param capability compute capability: `9.0`
  /// @param memoryBytes all of its memory
  /// @param kernels the variant of the kernels that it runs, or why it runs none
  public record Gpu(int ordinal, String name, String capability, long memoryBytes, Part kernels) {}
}
