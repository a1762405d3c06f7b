/// Session-based recommendations: train a GRU on a log of sessions, measure it honestly, ask it.
///
/// Start at [dev.segue.engine.Recommender], which loads a model directory and recommends;
/// [dev.segue.engine.Trainer] makes such a directory and [dev.segue.engine.Evaluator] measures what
/// is in it. This module knows no HTTP and no command line.
@NullMarked
package dev.segue.engine;

import org.jspecify.annotations.NullMarked;
