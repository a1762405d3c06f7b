package dev.segue.data;

/// What cleaning did to some cells or rows of a source.
///
/// @param name what was done, for example `genre: empty, set to Unknown`
/// @param count to how many cells or rows
/// @param example the first of them, with file and line
public record CleaningAction(String name, int count, String example) {}
