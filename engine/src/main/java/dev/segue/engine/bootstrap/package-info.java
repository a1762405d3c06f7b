/// Uncertainty of means over sessions, by resampling while the sessions stream by.
///
/// Start at [dev.segue.engine.bootstrap.ReplicateSums]; the weights of a session come from
/// [dev.segue.engine.bootstrap.PoissonWeights].
@NullMarked
package dev.segue.engine.bootstrap;

import org.jspecify.annotations.NullMarked;
