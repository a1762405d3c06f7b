package dev.segue.server.cli;

import dev.segue.engine.NeighbourSettings;
import dev.segue.engine.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/// The option that changes settings of the model and its training.
final class SettingsOptions {
  private static final String NAME = "--set";
  private static final int LINE_LENGTH = 90;

  @Option(
      names = NAME,
      paramLabel = "KEY=VALUE",
      description =
          "Change a setting; may be repeated. All settings and defaults are listed below.")
  private List<String> assignments = new ArrayList<>();

  /// Adds the settings and their defaults to the help of a command that takes them.
  static void addToHelp(CommandSpec command) {
    if (command.findOption(NAME) == null) {
      return;
    }
    List<String> footer = new ArrayList<>();
    footer.add("");
    footer.add("Settings and their defaults; engine/README.md says what they mean:");
    if (command.findOption(BlendCommand.NEIGHBOURS) == null) {
      footer.addAll(lines("", Settings.defaults().asMap()));
    }
    if (command.findOption(TrainCommand.MODEL) != null) {
      for (String kind : NeighbourSettings.kinds()) {
        footer.addAll(lines(kind + ":", NeighbourSettings.defaults(kind).asMap()));
      }
    }
    footer.addAll(List.of(command.usageMessage().footer()));
    command.usageMessage().footer(footer.toArray(String[]::new));
  }

  private static List<String> lines(String heading, Map<String, String> settings) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(heading.isEmpty() ? " " : "  " + heading);
    for (Map.Entry<String, String> setting : settings.entrySet()) {
      String word = " " + setting.getKey() + "=" + setting.getValue();
      if (line.length() + word.length() > LINE_LENGTH) {
        lines.add(line.toString());
        line = new StringBuilder(heading.isEmpty() ? " " : "   ");
      }
      line.append(word);
    }
    lines.add(line.toString());
    return lines;
  }

  /// Returns the default settings of the GRU with all changes.
  Settings read() {
    return read(Settings.defaults());
  }

  /// Returns some settings of a GRU with all changes.
  Settings read(Settings base) {
    Settings settings = base;
    for (Map.Entry<String, String> change : changes()) {
      settings = settings.with(change.getKey(), change.getValue());
    }
    return settings;
  }

  /// Returns the default settings of a neighbourhood model with all changes.
  NeighbourSettings readNeighbours(String kind) {
    return readNeighbours(NeighbourSettings.defaults(kind));
  }

  /// Returns settings of a neighbourhood model with all changes.
  NeighbourSettings readNeighbours(NeighbourSettings base) {
    NeighbourSettings settings = base;
    for (Map.Entry<String, String> change : changes()) {
      settings = settings.with(change.getKey(), change.getValue());
    }
    return settings;
  }

  /// Returns the changes by key, the last of a key.
  Map<String, String> asMap() {
    Map<String, String> map = new LinkedHashMap<>();
    changes().forEach(change -> map.put(change.getKey(), change.getValue()));
    return map;
  }

  private List<Map.Entry<String, String>> changes() {
    List<Map.Entry<String, String>> changes = new ArrayList<>();
    for (String assignment : assignments) {
      int cut = assignment.indexOf('=');
      if (cut < 1) {
        throw new UserMistake("--set: expected KEY=VALUE, got \"%s\"".formatted(assignment));
      }
      changes.add(Map.entry(assignment.substring(0, cut), assignment.substring(cut + 1)));
    }
    return changes;
  }
}
