package dev.segue.benchmarks.gpu;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.segue.kernels.Backend;
import dev.segue.kernels.BackendChoice;
import dev.segue.kernels.Backends;
import dev.segue.kernels.CudaPrecision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Times the cases of issue and README on the backend that `-Dsegue.gpu.backend` names, `cuda` by
/// default, in each precision, and writes what it measured as JSON. The inputs go to a folder, from
/// which `peer.py` reads the very same numbers for PyTorch.
///
/// A time is that of one step as a caller sees it: from the call to the loss in the caller's hand.
public final class GpuMeasure {
  private static final double MILLIS = 1e-6;
  private static final int LOSSES = 10;

  private final Size size;
  private final Path data;
  private final ArrayNode results;

  private GpuMeasure(Size size, Path data, ArrayNode results) {
    this.size = size;
    this.data = data;
    this.results = results;
  }

  /// Measures.
  ///
  /// @param arguments `full` or `dry`, the folder for inputs, the file for results
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 3) {
      System.err.println("usage: GpuMeasure full|dry INPUTS RESULT.json");
      System.exit(2);
    }
    ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    ObjectNode report = mapper.createObjectNode();
    Path data = Files.createDirectories(Path.of(arguments[1]));
    Size size = Size.parse(arguments[0]);
    report.put("size", arguments[0]);
    report.put("java", System.getProperty("java.vm.version"));
    new GpuMeasure(size, data, report.putArray("cases")).all();
    mapper.writeValue(Path.of(arguments[2]).toFile(), report);
  }

  private void all() throws IOException {
    for (CudaPrecision precision :
        List.of(CudaPrecision.BFLOAT16, CudaPrecision.TF32, CudaPrecision.FLOAT32)) {
      measure("mission", precision, size.steps(), backend -> MissionCase.open(backend, size, data));
      measure("gru", precision, size.steps(), backend -> GruCase.open(backend, size, data));
      measure("tied", precision, 4 * size.steps(), backend -> TiedCase.open(backend, size, data));
    }
    measure(
        "ranking",
        CudaPrecision.FLOAT32,
        size.steps(),
        backend -> RankingCase.open(backend, size, 1));
    measure(
        "ranking-batch",
        CudaPrecision.FLOAT32,
        size.steps(),
        backend -> RankingCase.open(backend, size, size.requests()));
  }

  /// Something to time.
  interface Case extends AutoCloseable {
    /// Does one step; returns its loss, or 0 where there is none.
    double step();

    @Override
    void close();
  }

  /// Makes a case.
  interface Opening {
    /// Makes a case on a backend.
    Case open(Backend backend) throws IOException;
  }

  private void measure(String name, CudaPrecision precision, int steps, Opening opening)
      throws IOException {
    System.setProperty("segue.cuda.precision", precision.toString());
    BackendChoice choice = BackendChoice.parse(System.getProperty("segue.gpu.backend", "cuda"));
    try (Backend backend = Backends.open(choice);
        Case task = opening.open(backend)) {
      List<Double> losses = new ArrayList<>();
      int warmUp = Math.max(LOSSES, steps / 2);
      for (int i = 0; i < warmUp; i++) {
        double loss = task.step();
        if (i < LOSSES) {
          losses.add(loss);
        }
      }
      double[] times = new double[steps];
      for (int i = 0; i < steps; i++) {
        long start = System.nanoTime();
        task.step();
        times[i] = (System.nanoTime() - start) * MILLIS;
      }
      record(name, precision, backend, losses, times);
    }
  }

  private void record(
      String name, CudaPrecision precision, Backend backend, List<Double> losses, double[] times) {
    ObjectNode result = results.addObject();
    result
        .put("case", name)
        .put("precision", precision.toString())
        .put("backend", backend.description());
    double[] sorted = times.clone();
    Arrays.sort(sorted);
    double median = sorted[sorted.length / 2];
    double tail = sorted[(int) (sorted.length * 0.9)];
    result.put("medianMillis", median).put("p90Millis", tail);
    ArrayNode all = result.putArray("millis");
    for (double time : times) {
      all.add(time);
    }
    ArrayNode values = result.putArray("losses");
    losses.forEach(values::add);
    System.out.printf(
        "%-14s %-9s %10.3f ms, p90 %10.3f, first losses %s%n",
        name, precision, median, tail, losses.subList(0, 3));
  }
}
