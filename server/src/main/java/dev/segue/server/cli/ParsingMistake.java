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
    List<String> suggestions = unmatched.getSuggestions();
    String meant = suggestions.isEmpty() ? "" : ", did you mean " + suggestions.getFirst();
    return "unknown %s '%s'%s".formatted(kind, first, meant);
  }
}
