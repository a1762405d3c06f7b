/// Sessions cut into training sequences and packed into batches.
///
/// Start at [dev.segue.engine.sequences.Sequences], which holds the windows of all sessions;
/// [dev.segue.engine.sequences.BatchPlan] orders them for an epoch and makes each
/// [dev.segue.engine.sequences.Batch].
@NullMarked
package dev.segue.engine.sequences;

import org.jspecify.annotations.NullMarked;
