package dev.segue.engine;

/// One event of a session, as a model takes it.
///
/// @param item number of the item in the model's catalogue, 0 to V − 1
/// @param action what was done
/// @param dwellMillis time spent, or -1
public record ModelEvent(int item, String action, long dwellMillis) {}
