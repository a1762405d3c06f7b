package dev.segue.data;

import java.util.List;

/// Where a [Catalogue] has its items from: a list, or a file whose lines become items when they are
/// asked for. Thread safe, and the same at every call.
public interface ItemSource {
  /// Returns the number of items.
  int size();

  /// Returns an item by number.
  Item item(int index);

  /// Returns the number of the item with this id, or -1. No two items have the same.
  int indexOf(String id);

  /// Returns all items in order of number, as a list that cannot be changed.
  List<Item> items();
}
