/// The search for good settings on the last sessions of a log.
///
/// Start at [dev.segue.engine.tuning.Tuner]: it draws settings from a
/// [dev.segue.engine.tuning.SearchSpace], trains them a little, and gives more only to the better
/// ones. Every trial is a line of a [dev.segue.engine.tuning.TrialLog], from which a search goes on
/// that was interrupted. What it finds is a [dev.segue.engine.tuning.SettingsFile].
@NullMarked
package dev.segue.engine.tuning;

import org.jspecify.annotations.NullMarked;
