package dev.segue.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// Takes some items of a log and leaves the others out: one domain, say, or all items but those
/// that a model must not have seen.
public final class ItemSelection {
  private ItemSelection() {}

  /// Returns the events of some items. Sessions of which too few events are left are removed;
  /// sessions stay in order of start, which is that of the first event that is left.
  ///
  /// @param log the log
  /// @param isKept says of an item's id whether its events stay
  /// @param minLength a session with fewer events is removed
  /// @param folder where the temporary file is that a mapped log becomes
  public static SessionLog keep(
      SessionLog log, Predicate<String> isKept, int minLength, Path folder) {
    boolean[] isRemoved = new boolean[log.items().size()];
    for (int item = 0; item < isRemoved.length; item++) {
      isRemoved[item] = !isKept.test(log.items().id(item));
    }
    EventSelection selection = new EventSelection(log);
    selection.removeItems(isRemoved, "items");
    selection.removeShortSessions(minLength, "sessions");
    return selection.toLog(selection.vocabulary(), folder);
  }

  /// Returns a share of the items that occur in a log, in the order of their ids; the same for the
  /// same items and seed, whatever their order in the log.
  ///
  /// @param share 0 to 1, rounded to whole items
  public static List<String> sample(SessionLog log, double share, long seed) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "sample: share of the items, expected 0 to 1, got " + share);
    }
    List<String> ids =
        new ArrayList<>(new EventSelection(log).vocabulary().ids().stream().sorted().toList());
    int count = (int) Math.round(share * ids.size());
    SimulationRandom random = SimulationRandom.of(seed, 0);
    for (int i = 0; i < count; i++) {
      int other = i + random.nextInt(ids.size() - i);
      String moved = ids.get(i);
      ids.set(i, ids.get(other));
      ids.set(other, moved);
    }
    return ids.subList(0, count).stream().sorted().toList();
  }
}
