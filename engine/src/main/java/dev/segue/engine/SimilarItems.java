package dev.segue.engine;

import dev.segue.data.Item;
import java.util.List;

/// The items that are nearest to one in content, nearest first in both lists; equally near ones by
/// popularity within their domain. An item that shares nothing but its domain is in no list.
///
/// @param item the item that was asked about; it is in no list
/// @param within the nearest of its own domain
/// @param across the nearest of all other domains
public record SimilarItems(Item item, List<SimilarItem> within, List<SimilarItem> across) {
  /// Copies the lists.
  public SimilarItems {
    within = List.copyOf(within);
    across = List.copyOf(across);
  }
}
