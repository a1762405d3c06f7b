package dev.segue.server.cli;

import dev.segue.data.Item;

/// Items in words.
final class ItemText {
  /// What cleaning puts where a source names no creator.
  private static final String NO_CREATOR = "Not Available";

  private ItemText() {}

  /// Returns `[Music] Yellow — Coldplay`.
  static String line(Item item) {
    String creator = hasCreator(item) ? " — " + item.creator() : "";
    return "[%s] %s%s".formatted(item.domain(), item.title(), creator);
  }

  /// Returns the id in quotes, with title and creator where it does not say the title itself.
  static String name(Item item) {
    String by = hasCreator(item) ? " by " + item.creator() : "";
    return item.id().contains(item.title())
        ? "\"%s\"".formatted(item.id())
        : "\"%s\" (%s%s)".formatted(item.id(), item.title(), by);
  }

  private static boolean hasCreator(Item item) {
    return !item.creator().isEmpty() && !item.creator().equals(NO_CREATOR);
  }
}
