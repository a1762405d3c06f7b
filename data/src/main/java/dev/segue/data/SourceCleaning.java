package dev.segue.data;

import java.util.List;

/// What reading one source gave and what was done to it.
///
/// @param domain the domain of its items
/// @param file the file as it was named
/// @param rowsRead rows after the header
/// @param itemsKept items made of them
/// @param actions in order of first appearance
public record SourceCleaning(
    String domain, String file, int rowsRead, int itemsKept, List<CleaningAction> actions) {
  /// Copies the actions.
  public SourceCleaning {
    actions = List.copyOf(actions);
  }

  /// Returns how often an action was taken, 0 if it was not.
  public int count(String action) {
    return actions.stream()
        .filter(taken -> taken.name().equals(action))
        .mapToInt(CleaningAction::count)
        .sum();
  }
}
