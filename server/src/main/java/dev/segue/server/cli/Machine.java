package dev.segue.server.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// What a measurement was made on.
///
/// @param version of Segue and of Java
/// @param processor its name
/// @param processors how many the JVM sees
/// @param system operating system
/// @param backend Segue's
record Machine(String version, String processor, int processors, String system, String backend) {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  /// Describes this one.
  static Machine here(String backend) throws IOException {
    return new Machine(
        new Version().getVersion()[0],
        processorName(),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        backend);
  }

  /// Linux tells the name; elsewhere the kind has to do.
  private static String processorName() {
    String kind = System.getProperty("os.arch");
    if (!Files.isReadable(CPU_INFO)) {
      return kind;
    }
    try (Stream<String> lines = Files.lines(CPU_INFO)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(kind);
    } catch (IOException e) {
      return kind;
    }
  }

  /// Returns it in lines for people.
  List<String> lines() {
    return List.of(
        version,
        "%s, %d processors, %s".formatted(processor, processors, system),
        "backend " + backend);
  }
}
