package dev.segue.engine;

/// How a neighbourhood model was built.
///
/// @param items V
/// @param sessions sessions of the log
/// @param keptSessions those that the index keeps
/// @param indexBytes size of the index in memory and, but for a header, on disk
/// @param seconds time to build it
public record NeighbourResult(
    int items, int sessions, int keptSessions, long indexBytes, double seconds) {}
