package dev.segue.engine;

/// One event of a session, as a caller knows it.
///
/// @param itemId id of the item
/// @param action `Clicked`, `Searched`, `Scrolled` or any other
/// @param dwellMillis time spent on the item, or -1 where it is not known
/// @param timeMillis milliseconds since 1970, or -1 where it is not known
public record SessionEvent(String itemId, String action, long dwellMillis, long timeMillis) {
  /// Makes a click of which nothing else is known.
  public static SessionEvent click(String itemId) {
    return new SessionEvent(itemId, "Clicked", -1, -1);
  }
}
