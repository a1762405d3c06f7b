package dev.segue.engine;

import org.jspecify.annotations.Nullable;

/// A model that an evaluation measures.
///
/// @param name its name in the report
/// @param model what is measured
/// @param percentiles popularity percentile of each of its items
/// @param lists how its lists are made diverse and measured, or null for neither
record Contender(
    String name, SessionModel model, double[] percentiles, @Nullable DiverseLists lists) {}
