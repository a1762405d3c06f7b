package dev.segue.server.cli;

import java.util.regex.Pattern;

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
}
