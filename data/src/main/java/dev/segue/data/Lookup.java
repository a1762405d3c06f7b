package dev.segue.data;

import java.util.List;

/// The answer to a look-up of an item by id or title.
public sealed interface Lookup {
  /// Exactly one item fits.
  ///
  /// @param index its number in the catalogue
  /// @param item the item
  record Found(int index, Item item) implements Lookup {}

  /// Several items have this title.
  ///
  /// @param text what was asked for
  /// @param candidates the items, most popular first
  record Ambiguous(String text, List<Item> candidates) implements Lookup {}

  /// No item has this id or title.
  ///
  /// @param text what was asked for
  /// @param similar items with a similar title, best first, possibly none
  record Unknown(String text, List<Item> similar) implements Lookup {}
}
