package dev.segue.server.cli;

import java.util.List;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// Words for a command line that cannot be understood.
final class ParsingMistake {
  private ParsingMistake() {}

  /// Returns one line without the name of the command.
  static String describe(ParameterException mistake) {
    List<String> unmatched = mistake.getCommandLine().getUnmatchedArguments();
    if (!unmatched.isEmpty()) {
      // Also when something else is missing: a misspelt option is the likelier cause.
      return describeUnmatched(new UnmatchedArgumentException(mistake.getCommandLine(), unmatched));
    }
    String message = String.valueOf(mistake.getMessage()).replace("option option", "option");
    return Failure.lowerFirst(new Failure(Failure.MISTAKE, message).line());
  }

  private static String describeUnmatched(UnmatchedArgumentException unmatched) {
    String first = unmatched.getUnmatched().getFirst();
    boolean atTop = unmatched.getCommandLine().getParent() == null;
    String kind = first.startsWith("-") ? "option" : atTop ? "command" : "argument";
    String meant = "";
    for (String suggestion : unmatched.getSuggestions()) {
      // Of names that are about as near, the one that begins alike: --sessions for --session.
      meant =
          meant.isEmpty() || alike(suggestion, first) > alike(meant, first) ? suggestion : meant;
    }
    String hint = meant.isEmpty() ? "" : ", did you mean " + meant;
    return "unknown %s '%s'%s".formatted(kind, first, hint);
  }

  private static int alike(String name, String typed) {
    int letters = 0;
    while (letters < Math.min(name.length(), typed.length())
        && name.charAt(letters) == typed.charAt(letters)) {
      letters++;
    }
    return letters;
  }
}
