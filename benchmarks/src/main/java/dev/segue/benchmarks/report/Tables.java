package dev.segue.benchmarks.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// `Tables FOLDER [README]` reads the JSON files that `benchmarks/measure` left in a folder, writes
/// `FOLDER/tables.md`, and puts the same between two marks of a README.
public final class Tables {
  private static final String BEGIN = "<!-- tables: made by benchmarks/measure -->";
  private static final String END = "<!-- end of tables -->";
  private static final int MANY_JVMS = 10;
  private static final Set<String> PEERS = Set.of("DJL", "ONNXRUNTIME", "OPENBLAS");
  private static final String SCALAR = "SCALAR";
  private static final Comparator<String> OURS_FIRST =
      Comparator.<String, Boolean>comparing(PEERS::contains)
          .thenComparing(Comparator.naturalOrder());
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<Family, List<Measurement>> families = new EnumMap<>(Family.class);
  private final StringBuilder text = new StringBuilder();

  private Tables() {}

  /// Writes the tables.
  public static void main(String[] arguments) throws IOException {
    if (arguments.length < 1 || arguments.length > 2) {
      System.err.println("usage: Tables FOLDER [README]");
      System.exit(2);
    }
    Path folder = Path.of(arguments[0]);
    String markdown = markdown(folder);
    Files.writeString(folder.resolve("tables.md"), markdown);
    if (arguments.length == 2) {
      insert(Path.of(arguments[1]), markdown);
    }
  }

  /// Returns the tables of the results in a folder.
  static String markdown(Path folder) throws IOException {
    Tables tables = new Tables();
    Path machine = folder.resolve("machine.txt");
    if (Files.exists(machine)) {
      tables.text.append(Files.readString(machine).strip()).append("\n\n");
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
        if (!file.endsWith("memory.json")) {
          tables.read(file);
        }
      }
    }
    tables.families.forEach(tables::appendFamily);
    tables.appendManyJvms();
    if (Files.exists(folder.resolve("memory.json"))) {
      tables.appendMemory(JSON.readTree(folder.resolve("memory.json").toFile()));
    }
    return tables.text.toString();
  }

  /// Replaces what is between the marks.
  static void insert(Path readme, String markdown) throws IOException {
    String page = Files.readString(readme);
    int begin = page.indexOf(BEGIN);
    int end = page.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IOException(
          "%s: marks, expected a line \"%s\" and after it \"%s\"".formatted(readme, BEGIN, END));
    }
    Files.writeString(
        readme,
        page.substring(0, begin + BEGIN.length())
            + "\n\n"
            + markdown.strip()
            + "\n\n"
            + page.substring(end));
  }

  private void read(Path file) throws IOException {
    JsonNode results = JSON.readTree(file.toFile());
    for (Family family : Family.values()) {
      for (JsonNode result : results) {
        if (result.path("benchmark").asText().endsWith("." + family.benchmark())
            && family.value().isIn(result.path("mode").asText())) {
          families
              .computeIfAbsent(family, key -> new ArrayList<>())
              .add(Measurement.of(result, family));
        }
      }
    }
  }

  private void appendFamily(Family family, List<Measurement> measurements) {
    Map<String, Map<String, Measurement>> cases = new LinkedHashMap<>();
    Set<String> contenders = new TreeSet<>(OURS_FIRST);
    for (Measurement measurement : measurements) {
      contenders.add(measurement.contender());
      cases
          .computeIfAbsent(measurement.measuredCase(), key -> new LinkedHashMap<>())
          .put(measurement.contender(), measurement);
    }
    List<Ratio> ratios = ratios(contenders);
    List<String> header = new ArrayList<>(List.of(""));
    header.addAll(contenders);
    ratios.forEach(ratio -> header.add(ratio.of() + " to " + ratio.to()));
    text.append("### ").append(family.heading()).append("\n\n");
    appendRow(header);
    appendRow(header.stream().map(cell -> "---").toList());
    cases.forEach((name, byContender) -> {
      List<String> row = new ArrayList<>(List.of(name));
      contenders.forEach(
          who -> row.add(byContender.containsKey(who) ? byContender.get(who).cell() : ""));
      ratios.forEach(ratio ->
          row.add(ratio(family, byContender.get(ratio.of()), byContender.get(ratio.to()))));
      appendRow(row);
    });
    text.append('\n');
  }

  /// Two contenders to compare.
  private record Ratio(String of, String to) {}

  /// Compares each of ours with each other library, and the fast ones with the plain loops.
  private static List<Ratio> ratios(Set<String> contenders) {
    List<Ratio> ratios = new ArrayList<>();
    for (String own : contenders) {
      if (!PEERS.contains(own) && !own.equals(SCALAR)) {
        contenders.stream()
            .filter(other -> PEERS.contains(other) || other.equals(SCALAR))
            .forEach(other -> ratios.add(new Ratio(own, other)));
      }
    }
    return ratios;
  }

  /// Returns how many times as fast the first is.
  private static String ratio(
      Family family, @Nullable Measurement base, @Nullable Measurement other) {
    if (base == null || other == null) {
      return "";
    }
    double ratio = base.median() / other.median();
    return Measurement.number(family.value().higherIsBetter() ? ratio : 1 / ratio);
  }

  /// The medians of fresh JVMs show whether the compiler treats a kernel alike every time.
  private void appendManyJvms() {
    List<List<String>> rows = new ArrayList<>();
    families.forEach((family, measurements) -> {
      for (Measurement measurement : measurements) {
        double[] medians = measurement.medians();
        if (medians.length >= MANY_JVMS && family != Family.EVENTS) {
          rows.add(
              List.of(
                  family.heading() + ": " + measurement.measuredCase(),
                  measurement.contender(),
                  "" + medians.length,
                  Measurement.number(medians[0]),
                  Measurement.number(measurement.median()),
                  Measurement.number(medians[medians.length - 1])));
        }
      }
    });
    if (!rows.isEmpty()) {
      text.append("### The same kernel in fresh JVMs, medians of each\n\n");
      appendRow(List.of("", "contender", "JVMs", "least", "median", "most"));
      appendRow(List.of("---", "---", "---", "---", "---", "---"));
      rows.forEach(this::appendRow);
      text.append('\n');
    }
  }

  private void appendMemory(JsonNode memory) {
    Map<String, Map<String, Double>> scenarios = new LinkedHashMap<>();
    Set<String> contenders = new TreeSet<>(OURS_FIRST);
    for (JsonNode one : memory) {
      String who = one.path("contender").asText();
      String options = one.path("jvmOptions").asText();
      String name = options.isEmpty() ? who : who + " " + options;
      contenders.add(name);
      scenarios
          .computeIfAbsent(one.path("scenario").asText(), key -> new LinkedHashMap<>())
          .put(name, one.path("peakBytes").asDouble() / 1e9);
    }
    text.append("### Most memory that three training steps took, GB (10⁹ bytes)\n\n");
    List<String> header = new ArrayList<>(List.of(""));
    header.addAll(contenders);
    List<String> own = contenders.stream().filter(name -> !PEERS.contains(name)).toList();
    List<String> peers = contenders.stream().filter(PEERS::contains).toList();
    own.forEach(who -> peers.forEach(peer -> header.add(peer + " to " + who)));
    appendRow(header);
    appendRow(header.stream().map(cell -> "---").toList());
    scenarios.forEach((scenario, peaks) -> {
      List<String> row = new ArrayList<>(List.of("`" + scenario + "`"));
      contenders.forEach(
          who -> row.add(peaks.containsKey(who) ? Measurement.number(peaks.get(who)) : ""));
      own.forEach(who ->
          peers.forEach(peer ->
              row.add(
                  peaks.containsKey(who) && peaks.containsKey(peer)
                      ? Measurement.number(peaks.get(peer) / peaks.get(who))
                      : "")));
      appendRow(row);
    });
    text.append('\n');
  }

  private void appendRow(List<String> cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }
}
