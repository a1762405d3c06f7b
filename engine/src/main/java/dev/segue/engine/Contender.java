package dev.segue.engine;

/// A model that an evaluation measures.
///
/// @param name its name in the report
/// @param model what is measured
/// @param percentiles popularity percentile of each of its items
record Contender(String name, SessionModel model, double[] percentiles) {}
