package dev.segue.server.cli;

import dev.segue.kernels.CudaReport;
import dev.segue.kernels.CudaReport.Gpu;
import dev.segue.kernels.CudaReport.Part;
import dev.segue.kernels.CudaReport.Part.Missing;
import dev.segue.kernels.CudaReport.Part.Present;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What was found for the CUDA backend, one part per line with a column of names.
final class CudaText {
  private static final double GIBIBYTE = 1L << 30;

  private final List<String> lines = new ArrayList<>();

  private CudaText() {}

  /// Returns the lines, without a margin.
  static List<String> lines(CudaReport report) {
    CudaText text = new CudaText();
    text.add("driver", report.driver());
    if (report.driver() instanceof Present) {
      text.add("binding", report.binding());
      report.gpus().forEach(text::add);
      text.add("cuBLAS", report.cublas());
    }
    return text.lines;
  }

  private void add(Gpu gpu) {
    add(
        "GPU " + gpu.ordinal(),
        "%s, compute capability %s, %.1f GiB"
            .formatted(gpu.name(), gpu.capability(), gpu.memoryBytes() / GIBIBYTE));
    add("kernels", gpu.kernels());
  }

  private void add(String name, Part part) {
    switch (part) {
      case Present(String description, String place) ->
          add(name, place.isEmpty() ? description : description + ", " + place);
      case Missing missing -> add(name, missing);
    }
  }

  private void add(String name, Missing missing) {
    add(name, missing.reason());
    add("  cure", missing.cure());
    String label = "  tried";
    for (String place : missing.tried()) {
      add(label, place);
      label = "";
    }
  }

  private void add(String name, String text) {
    lines.add(String.format(Locale.ROOT, "%-7s  %s", name, text));
  }
}
