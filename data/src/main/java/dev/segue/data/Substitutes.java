package dev.segue.data;

/// What cleaning puts in the place of values that a source lacks; the words are the mission's.
final class Substitutes {
  static final String UNKNOWN = "Unknown";
  static final String NOT_AVAILABLE = "Not Available";
  static final String NO_DESCRIPTION = "No Description Available";

  static final String UNTITLED = "Untitled";

  private Substitutes() {}
}
