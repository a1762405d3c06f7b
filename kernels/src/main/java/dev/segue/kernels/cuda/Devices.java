package dev.segue.kernels.cuda;

import dev.segue.kernels.cuda.Opening.Opened;
import dev.segue.kernels.cuda.Opening.Refused;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/// Opens devices with the variant of the kernels that suits them.
public final class Devices {
  private Devices() {}

  /// Opens a device, with cuBLAS where there is one.
  ///
  /// @param ordinal from 0
  public static Opening<Device> open(int ordinal) {
    return CudaBindings.open().then(binding -> open(binding, ordinal));
  }

  private static Opening<Device> open(CudaBinding binding, int ordinal) {
    int count = binding.deviceCount();
    if (ordinal < 0 || ordinal >= count) {
      return new Refused<>(
          "no device %d: the driver has %d".formatted(ordinal, count),
          count == 0
              ? "see what nvidia-smi says"
              : "choose one of 0 to %d by -Dsegue.cuda.device".formatted(count - 1));
    }
    return PtxVariant.of(binding.device(ordinal).capability(), binding.driverVersion())
        .then(variant -> new Opened<>(open(binding, blas(binding), ordinal, variant)));
  }

  private static @Nullable BlasBinding blas(CudaBinding binding) {
    return CudaBindings.openBlas(binding) instanceof Opened<BlasBinding>(BlasBinding blas)
        ? blas
        : null;
  }

  /// Opens a device with a variant of the kernels.
  static Device open(
      CudaBinding binding, @Nullable BlasBinding blas, int ordinal, PtxVariant variant) {
    // Shared, for the device's own thread reads it.
    try (Arena arena = Arena.ofShared()) {
      return new Device(binding, blas, ordinal, ptx(variant, arena));
    }
  }

  /// Reads a variant's text, with a zero byte at its end.
  private static MemorySegment ptx(PtxVariant variant, Arena arena) {
    try (InputStream in = Devices.class.getResourceAsStream(variant.file())) {
      if (in == null) {
        throw new IllegalStateException("cuda: %s is not in the jar".formatted(variant.file()));
      }
      byte[] text = in.readAllBytes();
      MemorySegment segment = arena.allocate(text.length + 1L);
      MemorySegment.copy(text, 0, segment, ValueLayout.JAVA_BYTE, 0, text.length);
      return segment;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
