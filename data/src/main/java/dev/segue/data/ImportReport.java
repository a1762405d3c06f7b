package dev.segue.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What an import did. Nothing is lost in silence: `rows` is the sum of the events that the steps
/// removed and those that the log kept.
///
/// @param rows rows read, those that cannot be used included
/// @param steps what each step removed, in order, those that removed nothing left out
/// @param counts what was found or changed and not removed
/// @param sessions sessions of the log
/// @param items items of the log
/// @param events events of the log
public record ImportReport(
    long rows,
    List<FilterStep> steps,
    Map<String, Long> counts,
    int sessions,
    int items,
    int events) {
  /// Copies the steps and the counts.
  public ImportReport {
    steps = List.copyOf(steps);
    counts = Collections.unmodifiableMap(new LinkedHashMap<>(counts));
  }

  /// Returns this report with one more count.
  public ImportReport with(String name, long count) {
    Map<String, Long> more = new LinkedHashMap<>(counts);
    more.put(name, count);
    return new ImportReport(rows, steps, more, sessions, items, events);
  }

  /// Returns the report as JSON.
  public String toJson() {
    List<String> stepTexts = new ArrayList<>();
    for (FilterStep step : steps) {
      stepTexts.add(
          "    {\"step\": %s, \"events\": %d, \"items\": %d, \"sessions\": %d}"
              .formatted(
                  JsonText.quote(step.name()), step.events(), step.items(), step.sessions()));
    }
    List<String> countTexts = new ArrayList<>();
    counts.forEach(
        (name, count) -> countTexts.add("    %s: %d".formatted(JsonText.quote(name), count)));
    return """
    {
      "rows": %d,
      "removed": [%s],
      "counted": {%s},
      "kept": {"events": %d, "items": %d, "sessions": %d}
    }
    """
        .formatted(rows, block(stepTexts), block(countTexts), events, items, sessions);
  }

  /// Writes the report as JSON.
  public void write(Path file) {
    WholeFile.write(file, out -> out.write(toJson()));
  }

  private static String block(List<String> lines) {
    return lines.isEmpty() ? "" : "\n" + String.join(",\n", lines) + "\n  ";
  }
}
