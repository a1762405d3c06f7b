package dev.segue.server.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/// Arguments as one would type them.
final class Shell {
  private static final Pattern PLAIN = Pattern.compile("[\\w@%+=:,./-]+");

  private Shell() {}

  /// Quotes an argument where a shell needs it.
  static String quote(String argument) {
    return PLAIN.matcher(argument).matches()
        ? argument
        : "\"" + argument.replaceAll("([\"\\\\$`])", "\\\\$1") + "\"";
  }

  /// Returns the command line that is being run.
  static String command(@Nullable CommandSpec spec) {
    List<String> words = new ArrayList<>();
    words.add("segue");
    if (spec != null) {
      words.addAll(spec.root().commandLine().getParseResult().originalArgs());
    }
    return words.stream().map(Shell::quote).collect(Collectors.joining(" "));
  }

  /// Returns the command line that continues the one being run.
  ///
  /// @param resumes whether it continues one already
  static String resuming(@Nullable CommandSpec spec, boolean resumes) {
    return command(spec) + (resumes ? "" : " --resume");
  }
}
