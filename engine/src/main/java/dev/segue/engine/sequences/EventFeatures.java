package dev.segue.engine.sequences;

/// What is known of the events of a batch beside their items, as rows of small tables; N numbers
/// each, or none where a network does not take them.
///
/// @param dwells rows of the table of dwell times, see [EventCodes#dwell]
/// @param actions rows of the table of actions, see [EventCodes#action]
public record EventFeatures(int[] dwells, int[] actions) {}
