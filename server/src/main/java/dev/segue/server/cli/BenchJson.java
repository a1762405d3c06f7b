package dev.segue.server.cli;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.segue.server.bench.BenchResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// What `segue bench` measured, for programs.
final class BenchJson {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private BenchJson() {}

  /// Writes machine and results.
  static void write(Path file, Machine machine, List<BenchResult> results) throws IOException {
    ObjectNode report = JSON.createObjectNode();
    report
        .put("version", machine.version())
        .put("processor", machine.processor())
        .put("processors", machine.processors())
        .put("system", machine.system())
        .put("backend", machine.backend());
    ArrayNode all = report.putArray("results");
    for (BenchResult result : results) {
      all.addObject()
          .put("name", result.task().name())
          .put("runs", result.nanos().length)
          .put("fastestMicros", result.nanos()[0] / 1e3)
          .put("medianMicros", result.medianMicros())
          .put("p90Micros", result.micros(0.9))
          .put("rate", result.rate())
          .put("rateUnit", result.task().unit() + "/s");
    }
    String text = JSON.writeValueAsString(report);
    OutputFile.write(file, writer -> writer.append(text).append('\n'));
  }
}
