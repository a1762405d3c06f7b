package dev.segue.server.cli;

import dev.segue.engine.Settings;
import java.util.ArrayList;
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
    StringBuilder line = new StringBuilder(" ");
    for (Map.Entry<String, String> setting : Settings.defaults().asMap().entrySet()) {
      String word = " " + setting.getKey() + "=" + setting.getValue();
      if (line.length() + word.length() > LINE_LENGTH) {
        footer.add(line.toString());
        line = new StringBuilder(" ");
      }
      line.append(word);
    }
    footer.add(line.toString());
    footer.addAll(List.of(command.usageMessage().footer()));
    command.usageMessage().footer(footer.toArray(String[]::new));
  }

  /// Returns the default settings with all changes.
  Settings read() {
    Settings settings = Settings.defaults();
    for (String assignment : assignments) {
      int cut = assignment.indexOf('=');
      if (cut < 1) {
        throw new UserMistake("--set: expected KEY=VALUE, got \"%s\"".formatted(assignment));
      }
      settings = settings.with(assignment.substring(0, cut), assignment.substring(cut + 1));
    }
    return settings;
  }
}
