package dev.segue.server.web;

import dev.segue.data.Item;

/// An item as a list shows it.
///
/// @param id what requests name it by
/// @param title what people see
/// @param domain its kind, for instance `Movie`
/// @param creator director or cast, artists, author; empty where it is not known
/// @param genre its genres, joined with a comma
/// @param timestamp release date as the source gives it, or empty
record ItemReply(
    String id, String title, String domain, String creator, String genre, String timestamp) {
  /// Returns what a list shows of an item.
  static ItemReply of(Item item) {
    return new ItemReply(
        item.id(), item.title(), item.domain(), item.creator(), item.genre(), item.timestamp());
  }
}
