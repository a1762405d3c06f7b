/// Which items a sampled loss takes for negatives.
///
/// Start at [dev.segue.engine.sampling.NegativeSampler], which draws them and knows how often each
/// item is expected; [dev.segue.engine.sampling.AliasTable] draws one in constant time. This
/// package knows items by number and how often they occur, and nothing of sessions.
@NullMarked
package dev.segue.engine.sampling;

import org.jspecify.annotations.NullMarked;
