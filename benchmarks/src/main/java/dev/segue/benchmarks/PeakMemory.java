package dev.segue.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Measures the most memory that training steps take, each contender in a process of its own:
/// `PeakMemory FILE SCENARIO,… CONTENDER,… THREADS` writes JSON. A contender may have JVM options
/// behind a colon, separated by spaces, `VECTOR:-Xmx1g`; otherwise the JVM decides. The peak is the
/// kernel's, `VmHWM` of `/proc/self/status`: Java heap, native memory and libraries together. Linux
/// only.
public final class PeakMemory {
  private static final int STEPS = 3;
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private PeakMemory() {}

  /// Measures all, or with three arguments one in this process.
  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (arguments.length == 3) {
      TrainingScenario scenario = TrainingScenario.valueOf(arguments[0]);
      Contender contender = Contender.valueOf(arguments[1]);
      // To the standard output, where the parent reads it; the library's own log goes elsewhere.
      System.out.println(measure(scenario, contender, Integer.parseInt(arguments[2])));
      return;
    }
    if (arguments.length != 4) {
      System.err.println("usage: PeakMemory FILE SCENARIO,… CONTENDER,… THREADS");
      System.exit(2);
    }
    ArrayNode all = JSON.createArrayNode();
    for (String scenario : arguments[1].split(",", -1)) {
      for (String contender : arguments[2].split(",", -1)) {
        ObjectNode peak = inFreshProcess(scenario, contender, arguments[3]);
        if (peak == null) {
          System.err.println(
              "peak memory: %s of %s failed, see above".formatted(scenario, contender));
        } else {
          all.add(peak);
        }
      }
    }
    Files.writeString(Path.of(arguments[0]), JSON.writeValueAsString(all) + "\n");
  }

  /// Returns what the process measured, or null when it failed: a heap may be too small.
  private static @Nullable ObjectNode inFreshProcess(String scenario, String named, String threads)
      throws IOException, InterruptedException {
    int colon = named.indexOf(':');
    String contender = colon < 0 ? named : named.substring(0, colon);
    String options = colon < 0 ? "" : named.substring(colon + 1);
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    if (!options.isEmpty()) {
      command.addAll(List.of(options.split(" ", -1)));
    }
    command.addAll(
        List.of(
            "--add-modules",
            "jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            PeakMemory.class.getName(),
            scenario,
            contender,
            threads));
    Process child =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (child.waitFor() != 0) {
      return null;
    }
    return ((ObjectNode) JSON.readTree(output)).put("jvmOptions", options);
  }

  private static String measure(TrainingScenario scenario, Contender contender, int threads)
      throws IOException {
    TrainingTask.Problem problem = scenario.problem();
    try (TrainingTask task = Peer.of(contender).training(problem, threads)) {
      long before = kilobytes("VmRSS");
      double loss = 0;
      for (int step = 0; step < STEPS; step++) {
        loss = task.step();
      }
      ObjectNode result = JSON.createObjectNode();
      result.put("scenario", scenario.name()).put("contender", contender.name());
      result.put("threads", threads).put("steps", STEPS).put("lossBeforeLastStep", loss);
      result.put("beforeFirstStepBytes", 1024 * before).put("peakBytes", 1024 * kilobytes("VmHWM"));
      return JSON.writer().without(SerializationFeature.INDENT_OUTPUT).writeValueAsString(result);
    }
  }

  private static long kilobytes(String field) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith(field + ":")) {
        return Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    throw new IOException("/proc/self/status: %s is missing".formatted(field));
  }
}
