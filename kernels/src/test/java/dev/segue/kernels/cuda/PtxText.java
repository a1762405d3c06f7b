package dev.segue.kernels.cuda;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What a variant's text says.
///
/// @param text all of it
record PtxText(String text) {
  private static final Pattern ENTRY =
      Pattern.compile("\\.entry (\\w+)\\s*\\(([^)]*)\\)\\s*((?:\\.\\w+ [^\\n]*\\n)*)\\s*\\{");
  private static final Pattern PARAMETER =
      Pattern.compile("\\.param (?:\\.align \\d+ )?\\.(\\w+) ");

  /// Reads the committed text of a variant.
  static PtxText of(PtxVariant variant) {
    try (InputStream stream = PtxVariant.class.getResourceAsStream(variant.file())) {
      if (stream == null) {
        throw new IllegalStateException(variant.file() + " is missing; run generate-ptx");
      }
      return new PtxText(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Returns a line from 1.
  String line(int number) {
    return text.lines().skip(number - 1L).findFirst().orElse("");
  }

  /// Returns what a directive declares: `.version 7.0` declares 7.0.
  String declared(String directive) {
    return text.lines()
        .filter(line -> line.startsWith(directive + " "))
        .map(line -> line.substring(directive.length() + 1))
        .findFirst()
        .orElse("");
  }

  /// Returns the types of each kernel's parameters, as `u64 u64 u32`.
  SortedMap<String, String> entries() {
    return ENTRY
        .matcher(text)
        .results()
        .collect(
            Collectors.toMap(
                entry -> entry.group(1),
                entry -> types(entry.group(2)),
                (one, other) -> one + " and " + other,
                TreeMap::new));
  }

  private static String types(String parameters) {
    return PARAMETER
        .matcher(parameters)
        .results()
        .map((MatchResult parameter) -> parameter.group(1))
        .collect(Collectors.joining(" "));
  }
}
