package dev.segue.data;

import java.nio.file.Path;
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

  /// Filters a whole log; what becomes of a mapped log is a temporary file in `java.io.tmpdir`.
  /// Sessions stay in order of start, which is that of the first event that is left. To measure
  /// models, split first and filter the split: support counted over the whole log lets training
  /// know what is popular in the test.
  public Filtered apply(SessionLog log) {
    return apply(log, TemporaryFile.usualFolder());
  }

  /// Filters a whole log.
  ///
  /// @param log the log
  /// @param folder where the temporary file is that a mapped log becomes
  public Filtered apply(SessionLog log, Path folder) {
    var selection = new EventSelection(log);
    List<FilterStep> steps = new ArrayList<>();
    reduce(selection, "", steps);
    return new Filtered(selection.toLog(selection.vocabulary(), folder), steps);
  }

  /// Filters a split by the support in its training part alone: validation and test lose the items
  /// that training does not have, then the sessions that became short.
  public FilteredSplit apply(Split split) {
    return apply(split, TemporaryFile.usualFolder());
  }

  /// Filters a split.
  ///
  /// @param split its parts
  /// @param folder where the temporary files are that mapped logs become
  public FilteredSplit apply(Split split, Path folder) {
    List<FilterStep> steps = new ArrayList<>();
    var train = new EventSelection(split.train());
    reduce(train, "train: ", steps);
    Vocabulary items = train.vocabulary();
    return new FilteredSplit(
        new Split(
            train.toLog(items, folder),
            follow(split.validation(), items, "validation: ", steps, folder),
            follow(split.test(), items, "test: ", steps, folder)),
        steps);
  }

  /// Removes until nothing changes.
  void reduce(EventSelection selection, String part, List<FilterStep> steps) {
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
      SessionLog log, Vocabulary items, String prefix, List<FilterStep> steps, Path folder) {
    var selection = new EventSelection(log);
    boolean[] isUnknown = new boolean[log.items().size()];
    for (int item = 0; item < isUnknown.length; item++) {
      isUnknown[item] = items.number(log.items().id(item)) < 0;
    }
    note(steps, selection.removeItems(isUnknown, prefix + "items that training lacks"));
    removeRepeats(selection, prefix, steps);
    removeShort(selection, prefix, steps);
    return selection.toLog(items, folder);
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
