package dev.segue.data;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/// What cleaning did to each source: every action with its count and an example.
///
/// @param sources one entry for each file
public record CleaningReport(List<SourceCleaning> sources) {
  /// The name of the file that [#write] makes.
  public static final String FILE_NAME = "cleaning-report.json";

  private static final int LONGEST_EXAMPLE = 72;

  /// Copies the entries.
  public CleaningReport {
    sources = List.copyOf(sources);
  }

  /// Writes `cleaning-report.json` into a directory that is made if missing.
  public void write(Path directory) {
    WholeFile.write(directory.resolve(FILE_NAME), out -> out.append(toJson()));
  }

  /// Returns the report as JSON: `{"sources": [{"domain", "file", "rowsRead", "itemsKept",
  /// "actions": [{"name", "count", "example"}]}]}`.
  public String toJson() {
    return sources.stream()
        .map(CleaningReport::json)
        .collect(Collectors.joining(",\n", "{\"sources\": [\n", "\n]}\n"));
  }

  /// Returns the report as a table for people, one line an action.
  public String toTable() {
    var table = new StringBuilder();
    for (SourceCleaning source : sources) {
      table.append(
          "%s: %,d rows read, %,d items kept (%s)%n"
              .formatted(source.domain(), source.rowsRead(), source.itemsKept(), source.file()));
      for (CleaningAction action : source.actions()) {
        table.append(
            "  %,8d  %-58s %s%n".formatted(action.count(), action.name(), shown(action.example())));
      }
    }
    return table.toString();
  }

  private static String shown(String example) {
    return example.length() <= LONGEST_EXAMPLE
        ? example
        : example.substring(0, LONGEST_EXAMPLE - 1) + "…";
  }

  private static String json(SourceCleaning source) {
    return source.actions().stream()
        .map(action ->
            "    {\"name\": %s, \"count\": %d, \"example\": %s}"
                .formatted(
                    JsonText.quote(action.name()),
                    action.count(),
                    JsonText.quote(action.example())))
        .collect(
            Collectors.joining(
                ",\n",
                "  {\"domain\": %s, \"file\": %s, \"rowsRead\": %d, \"itemsKept\": %d, \"actions\": [\n"
                    .formatted(
                        JsonText.quote(source.domain()),
                        JsonText.quote(source.file()),
                        source.rowsRead(),
                        source.itemsKept()),
                "\n  ]}"));
  }
}
