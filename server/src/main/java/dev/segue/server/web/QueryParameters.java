package dev.segue.server.web;

import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The parameters behind the question mark, checked: a misspelt one is told and not ignored.
final class QueryParameters {
  private final Map<String, List<String>> values;

  private QueryParameters(Map<String, List<String>> values) {
    this.values = values;
  }

  /// Reads the parameters of a request.
  ///
  /// @throws ProblemException when one is not among those known, or is given twice
  static QueryParameters of(Context context, String... known) {
    List<String> names = List.of(known);
    Map<String, List<String>> values = context.queryParamMap();
    for (String name : new TreeSet<>(values.keySet())) {
      if (!names.contains(name)) {
        throw new ProblemException(
            Problem.of(
                    ProblemKind.UNKNOWN_FIELD,
                    name,
                    names.isEmpty()
                        ? "expected no parameters"
                        : "expected one of " + String.join(", ", names))
                .withKnown(names));
      }
      if (values.getOrDefault(name, List.of()).size() > 1) {
        throw invalid(name, "expected one value, got several");
      }
    }
    return new QueryParameters(values);
  }

  /// Returns a text, or null when it is missing or empty.
  @Nullable String text(String name, int mostChars) {
    String value = values.getOrDefault(name, List.of("")).getFirst();
    if (value.length() > mostChars) {
      throw invalid(
          name, "expected at most %d characters, got %d".formatted(mostChars, value.length()));
    }
    return value.isBlank() ? null : value;
  }

  /// Returns a whole number within bounds, or what stands for a missing one.
  int number(String name, int least, int most, int otherwise) {
    List<String> given = values.getOrDefault(name, List.of());
    if (given.isEmpty()) {
      return otherwise;
    }
    String text = given.getFirst();
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw invalid(name, "expected %d to %d, got \"%s\"".formatted(least, most, text));
    }
    throw invalid(name, "expected %d to %d, got %s".formatted(least, most, text));
  }

  private static ProblemException invalid(String name, String detail) {
    return new ProblemException(Problem.of(ProblemKind.INVALID_FIELD, name, detail));
  }
}
