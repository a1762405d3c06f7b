/// Recommendations from past sessions that resemble the current one, without any training.
///
/// Start at [dev.segue.engine.neighbours.SessionIndex], which holds the most recent sessions of
/// each item in columns. A [dev.segue.engine.neighbours.NeighbourScorer] answers from it:
/// [dev.segue.engine.neighbours.SessionNeighbours] has V-SkNN, STAN and VSTAN,
/// [dev.segue.engine.neighbours.ItemNeighbours] what occurs beside the last item and
/// [dev.segue.engine.neighbours.SequentialRules] what came after it. This package knows no models
/// and no files.
@NullMarked
package dev.segue.engine.neighbours;

import org.jspecify.annotations.NullMarked;
