package dev.segue.data.report;

/// How many items of a domain nobody has touched.
///
/// @param domain the domain
/// @param items items of the catalogue
/// @param cold those of them that do not occur in the log
public record ColdItems(String domain, int items, int cold) {
  /// Returns the share of the items that are cold, 0 to 1.
  public double share() {
    return items == 0 ? 0 : (double) cold / items;
  }
}
