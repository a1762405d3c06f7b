package dev.segue.data;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How raw events become sessions.
///
/// @param columns columns whose names are not the usual ones; `session` or `user` says what groups
///   events, and a session counts more than a user where a file has both
/// @param actions new names of actions by their names in the file; an empty name leaves the events
///   out, an action that is not named stays as it is
/// @param gap a longer pause starts a new session; null: an hour for users, none for sessions
/// @param isOrdered whether the file is in order of time, so that a time that goes back is a fault
///   of the clock and not of the order
/// @param dwellCap the longest dwell that is derived from the time of the next event
/// @param maxLength a session with more events is left out; 0 keeps all
/// @param filter what is removed in the end
public record ImportSettings(
    ColumnMapping columns,
    Map<String, String> actions,
    @Nullable Duration gap,
    boolean isOrdered,
    Duration dwellCap,
    int maxLength,
    SessionFilter filter) {
  private static final Duration USUAL_GAP = Duration.ofHours(1);
  private static final Duration LONGEST_GAP = Duration.ofDays(36_500);
  private static final Duration LONGEST_DWELL = Duration.ofMillis(Integer.MAX_VALUE);

  /// Checks that lengths and durations make sense.
  public ImportSettings {
    actions = Map.copyOf(actions);
    if (gap != null && (!gap.isPositive() || gap.compareTo(LONGEST_GAP) > 0)) {
      throw new IllegalArgumentException(
          "import: gap: expected more than 0 and at most 100 years, got " + gap);
    }
    if (dwellCap.isNegative() || dwellCap.compareTo(LONGEST_DWELL) > 0) {
      throw new IllegalArgumentException(
          "import: dwell cap: expected 0 to 24 days, got " + dwellCap);
    }
    if (maxLength < 0) {
      throw new IllegalArgumentException(
          "import: longest session: expected 0 or more, got " + maxLength);
    }
  }

  /// Returns the usual settings: usual names of columns, an hour of gap for users, dwell of half an
  /// hour at most, all lengths, five events an item and two a session, repeats kept.
  public static ImportSettings usual() {
    return new ImportSettings(
        ColumnMapping.none(),
        Map.of(),
        null,
        false,
        Duration.ofMinutes(30),
        0,
        new SessionFilter(5, 2, false));
  }

  /// Returns the gap in milliseconds, or `Long.MAX_VALUE` where no pause ends a session.
  long gapMillis(boolean isByUser) {
    if (gap != null) {
      return gap.toMillis();
    }
    return isByUser ? USUAL_GAP.toMillis() : Long.MAX_VALUE;
  }
}
