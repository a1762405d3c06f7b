/// Ranks of targets and best-k lists over arrays of scores, without sorting them.
///
/// Start at [dev.segue.engine.ranking.BestItems]. Both agree on one order: a higher score first,
/// equal scores in order of item, scores that are not numbers last.
@NullMarked
package dev.segue.engine.ranking;

import org.jspecify.annotations.NullMarked;
