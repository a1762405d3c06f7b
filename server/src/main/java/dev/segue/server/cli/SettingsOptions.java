package dev.segue.server.cli;

import dev.segue.engine.Settings;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/// The option that changes settings of the model and its training.
final class SettingsOptions {
  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "Change a setting; may be repeated. All settings and defaults are listed below.")
  private List<String> assignments = new ArrayList<>();

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
