package dev.segue.server.web;

import com.fasterxml.jackson.annotation.JsonCreator;
import dev.segue.engine.SessionEvent;
import org.jspecify.annotations.Nullable;

/// One event of a session in a request: an object, or a bare id or title for a click.
///
/// @param id id of the item, or a title that only one item has
/// @param action what was done, `Clicked` when left out
/// @param dwellMillis time spent on the item, or null where it is not known
/// @param time milliseconds since 1970, or null where it is not known
record ClickedItem(
    String id, @Nullable String action, @Nullable Long dwellMillis, @Nullable Long time) {

  /// Checks the values.
  @JsonCreator
  @SuppressWarnings("NullAway") // Jackson passes null for a field that is missing.
  ClickedItem {
    if (id == null || id.isBlank()) {
      throw new FieldException("id", "expected the id or title of an item, got nothing");
    }
    FieldException.checkLength("id", id.length(), Limits.NAME_CHARS);
    if (action != null && action.isBlank()) {
      throw new FieldException(
          "action", "expected Clicked, Searched, Scrolled or your own, got \"\"");
    }
    checkNotNegative("dwellMillis", dwellMillis);
    checkNotNegative("time", time);
  }

  /// Makes a click of which nothing else is known.
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static ClickedItem of(String id) {
    return new ClickedItem(id, null, null, null);
  }

  /// Returns the event, once it is known which item is meant.
  SessionEvent toEvent(String itemId) {
    return new SessionEvent(
        itemId,
        action == null ? "Clicked" : action,
        dwellMillis == null ? -1 : dwellMillis,
        time == null ? -1 : time);
  }

  private static void checkNotNegative(String field, @Nullable Long value) {
    if (value != null && value < 0) {
      throw new FieldException(field, "expected milliseconds, 0 or more, got " + value);
    }
  }
}
