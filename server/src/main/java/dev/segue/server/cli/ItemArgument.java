package dev.segue.server.cli;

import dev.segue.data.Catalogue;
import dev.segue.data.Item;
import dev.segue.data.Lookup;
import java.util.List;
import java.util.stream.Collectors;

/// An item that a user names by id or by an unambiguous title.
final class ItemArgument {
  private static final int SHOWN = 6;

  private ItemArgument() {}

  /// Returns the id of the item.
  ///
  /// @throws UserMistake with similar items when there is none, with the candidates when there are
  ///   several
  static String resolve(Catalogue items, String text) {
    return switch (items.find(text)) {
      case Lookup.Found found -> found.item().id();
      case Lookup.Ambiguous ambiguous ->
          throw new UserMistake(
              "ambiguous item \"%s\", give one of these ids: %s"
                  .formatted(text, list(ambiguous.candidates())));
      case Lookup.Unknown unknown ->
          throw new UserMistake(
              "unknown item \"%s\"%s"
                  .formatted(
                      text,
                      unknown.similar().isEmpty()
                          ? "; nothing has a similar title"
                          : "; similar: " + list(unknown.similar())));
    };
  }

  private static String list(List<Item> items) {
    String shown =
        items.stream().limit(SHOWN).map(ItemText::name).collect(Collectors.joining(", "));
    int more = items.size() - SHOWN;
    return more > 0 ? shown + " and " + more + " more" : shown;
  }
}
