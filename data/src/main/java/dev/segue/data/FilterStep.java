package dev.segue.data;

/// What one step of a filter removed.
///
/// @param name what the step does
/// @param items items removed
/// @param sessions sessions removed
/// @param events events removed, those of the items and sessions included
public record FilterStep(String name, int items, int sessions, long events) {}
