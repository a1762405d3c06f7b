package dev.segue.server.cli;

import dev.segue.data.Catalogue;

/// A domain that a user names, in any case of letters.
final class DomainArgument {
  private DomainArgument() {}

  /// Returns the domain as the catalogue spells it.
  ///
  /// @throws UserMistake with the known domains when there is none
  static String resolve(Catalogue items, String name) {
    for (String domain : items.domains()) {
      if (domain.equalsIgnoreCase(name)) {
        return domain;
      }
    }
    throw new UserMistake(
        "--domain: unknown domain \"%s\", expected one of %s"
            .formatted(name, String.join(", ", items.domains())));
  }
}
