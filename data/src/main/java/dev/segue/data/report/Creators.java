package dev.segue.data.report;

import java.util.Arrays;
import java.util.List;

/// Takes a creator column apart, which names several people with commas between them.
final class Creators {
  private Creators() {}

  /// Returns the distinct names. A name with a comma of its own falls into two; the roles that
  /// casts of films hold between the names of actors count as names too, but hardly any occurs
  /// twice.
  static List<String> of(String creator) {
    return Arrays.stream(creator.split(",", -1))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .distinct()
        .toList();
  }
}
