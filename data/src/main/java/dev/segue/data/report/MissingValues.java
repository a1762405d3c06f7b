package dev.segue.data.report;

/// How many values of a unified column are missing.
///
/// @param column name of the column, such as `Genre`
/// @param before items that had none before cleaning
/// @param after items that have none now
public record MissingValues(String column, long before, long after) {}
