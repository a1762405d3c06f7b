package dev.segue.engine;

import dev.segue.data.Item;

/// An item and its score; scores compare within one answer only.
///
/// @param item the item
/// @param score higher is better
public record ScoredItem(Item item, double score) {}
