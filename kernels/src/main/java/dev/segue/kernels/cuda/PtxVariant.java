package dev.segue.kernels.cuda;

import dev.segue.kernels.cuda.Opening.Opened;
import dev.segue.kernels.cuda.Opening.Refused;
import java.util.Locale;

/// The variants of the kernels, from the newest. The driver compiles PTX for its GPU, so that each
/// runs on all later ones.
public enum PtxVariant {
  /// Clusters and distributed shared memory; PTX 7.8.
  SM90(90, 11_080),
  /// Tensor cores for 16-bit floats with 8 bits of exponent; PTX 7.0.
  SM80(80, 11_000),
  /// The oldest; PTX 7.0.
  SM75(75, 11_000);

  private final int capability;
  private final int driverVersion;

  PtxVariant(int capability, int driverVersion) {
    this.capability = capability;
    this.driverVersion = driverVersion;
  }

  /// Returns the best variant for a device, or why none runs on it.
  ///
  /// @param capability 10 · major + minor
  /// @param driverVersion as [CudaBinding#driverVersion]
  public static Opening<PtxVariant> of(int capability, int driverVersion) {
    for (PtxVariant variant : values()) {
      if (variant.capability <= capability && variant.driverVersion <= driverVersion) {
        return new Opened<>(variant);
      }
    }
    return tooOld(capability);
  }

  private static Opening<PtxVariant> tooOld(int capability) {
    return new Refused<>(
        "compute capability %s is too old: 7.5 or newer is needed"
            .formatted(capability / 10 + "." + capability % 10),
        "use a GPU of 2018 or later (Turing), or another backend");
  }

  /// Returns the name of its file: `sm90.ptx`.
  public String file() {
    return name().toLowerCase(Locale.ROOT) + ".ptx";
  }
}
