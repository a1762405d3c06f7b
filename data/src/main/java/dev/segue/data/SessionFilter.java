package dev.segue.data;

import java.util.ArrayList;
import java.util.List;

/// Removes what cannot be learned from: rare items, short sessions and, if asked, an item that
/// follows itself. Removing one makes others rare or short, so it repeats until nothing changes.
///
/// @param minSupport an item with fewer events is removed
/// @param minLength a session with fewer events is removed
/// @param removesRepeats whether an event of the same item as the one before is removed
public record SessionFilter(int minSupport, int minLength, boolean removesRepeats) {

  /// Checks that the numbers are 1 or more.
  public SessionFilter {
    if (minSupport < 1 || minLength < 1) {
      throw new IllegalArgumentException(
          "filter: expected a support and a length of 1 or more, got %d and %d"
              .formatted(minSupport, minLength));
    }
  }

  /// Returns the usual filter for a user's log: five events an item, two a session, no repeats.
  public static SessionFilter usual() {
    return new SessionFilter(5, 2, true);
  }

  /// A filtered log and what each step removed.
  ///
  /// @param log what is left; its vocabulary holds the items that occur
  /// @param steps steps in order, those that removed nothing left out
  public record Filtered(SessionLog log, List<FilterStep> steps) {
    /// Copies the steps.
    public Filtered {
      steps = List.copyOf(steps);
    }
  }

  /// A filtered split and what each step removed.
  ///
  /// @param split what is left, all parts over the vocabulary of the training part
  /// @param steps steps in order, those that removed nothing left out
  public record FilteredSplit(Split split, List<FilterStep> steps) {
    /// Copies the steps.
    public FilteredSplit {
      steps = List.copyOf(steps);
    }
  }

  /// Filters a whole log. To measure models, split first and filter the split: support counted over
  /// the whole log lets training know what is popular in the test.
  public Filtered apply(SessionLog log) {
    var selection = new EventSelection(log);
    List<FilterStep> steps = new ArrayList<>();
    reduce(selection, "", steps);
    return new Filtered(selection.toLog(selection.vocabulary()), steps);
  }

  /// Filters a split by the support in its training part alone: validation and test lose the items
  /// that training does not have, then the sessions that became short.
  public FilteredSplit apply(Split split) {
    List<FilterStep> steps = new ArrayList<>();
    var train = new EventSelection(split.train());
    reduce(train, "train: ", steps);
    Vocabulary items = train.vocabulary();
    return new FilteredSplit(
        new Split(
            train.toLog(items),
            follow(split.validation(), items, "validation: ", steps),
            follow(split.test(), items, "test: ", steps)),
        steps);
  }

  private void reduce(EventSelection selection, String part, List<FilterStep> steps) {
    boolean isChanged = true;
    for (int round = 1; isChanged; round++) {
      String prefix = "%sround %d: ".formatted(part, round);
      isChanged = removeRepeats(selection, prefix, steps);
      int[] support = selection.support();
      boolean[] isRare = new boolean[support.length];
      for (int item = 0; item < support.length; item++) {
        isRare[item] = support[item] > 0 && support[item] < minSupport;
      }
      isChanged |=
          note(
              steps,
              selection.removeItems(isRare, prefix + "items with fewer events than " + minSupport));
      isChanged |= removeShort(selection, prefix, steps);
    }
  }

  private SessionLog follow(
      SessionLog log, Vocabulary items, String prefix, List<FilterStep> steps) {
    var selection = new EventSelection(log);
    boolean[] isUnknown = new boolean[log.items().size()];
    for (int item = 0; item < isUnknown.length; item++) {
      isUnknown[item] = items.number(log.items().id(item)) < 0;
    }
    note(steps, selection.removeItems(isUnknown, prefix + "items that training lacks"));
    removeRepeats(selection, prefix, steps);
    removeShort(selection, prefix, steps);
    return selection.toLog(items);
  }

  private boolean removeRepeats(EventSelection selection, String prefix, List<FilterStep> steps) {
    return removesRepeats
        && note(steps, selection.removeRepeats(prefix + "an item that follows itself"));
  }

  private boolean removeShort(EventSelection selection, String prefix, List<FilterStep> steps) {
    String name = prefix + "sessions of fewer events than " + minLength;
    return note(steps, selection.removeShortSessions(minLength, name));
  }

  private static boolean note(List<FilterStep> steps, FilterStep step) {
    boolean hasRemoved = step.events() > 0;
    if (hasRemoved) {
      steps.add(step);
    }
    return hasRemoved;
  }
}
