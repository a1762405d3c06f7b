package dev.segue.data.report;

import dev.segue.data.Catalogue;
import dev.segue.data.SessionLog;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a session log holds.
///
/// @param sessions how many sessions
/// @param events how many events
/// @param items how many different items
/// @param length where the lengths of sessions lie, in events
/// @param lengthHistogram how they are distributed
/// @param actions events by action, most first
/// @param dwell where dwell lies, in seconds, over the events that have one
/// @param dwellHistogram how it is distributed; no ranges where no event has one
/// @param eventsByRank events of the most frequent item, of the second and so on
/// @param transitions how often one domain follows another
/// @param cold items of the catalogue that do not occur, by domain; empty without a catalogue
/// @param strangerEvents events on items that the catalogue lacks; 0 without a catalogue
/// @param lateEvents events in the last tenth of the sessions
/// @param lateNewEvents those of them whose item occurs in no earlier session
public record SessionStatistics(
    int sessions,
    long events,
    int items,
    Summary length,
    Histogram lengthHistogram,
    List<NamedCount> actions,
    Summary dwell,
    Histogram dwellHistogram,
    long[] eventsByRank,
    Transitions transitions,
    List<ColdItems> cold,
    long strangerEvents,
    long lateEvents,
    long lateNewEvents) {

  /// Copies the lists.
  public SessionStatistics {
    actions = List.copyOf(actions);
    cold = List.copyOf(cold);
  }

  /// Computes the statistics of a log.
  ///
  /// @param log the sessions
  /// @param catalogue the items, or null; then an item's domain follows from its id
  public static SessionStatistics of(SessionLog log, @Nullable Catalogue catalogue) {
    return new SessionCounter(log, catalogue).count();
  }

  /// Returns the share of all events that fall on the most frequent hundredth of the items, at
  /// least one item, 0 to 1.
  public double topShare() {
    long top = 0;
    for (int i = 0; i < Math.max(1, items / 100) && i < eventsByRank.length; i++) {
      top += eventsByRank[i];
    }
    return events == 0 ? 0 : (double) top / events;
  }

  /// Returns how many items occur exactly once.
  public long singletons() {
    return java.util.Arrays.stream(eventsByRank).filter(count -> count == 1).count();
  }
}
