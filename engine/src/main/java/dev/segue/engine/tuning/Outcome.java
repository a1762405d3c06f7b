package dev.segue.engine.tuning;

/// What a trial reached.
///
/// @param spent epochs or sessions that it has had so far
/// @param best the epoch that was best, 0 where there are none
/// @param recall Recall@20 of the best epoch
/// @param mrr MRR@20 of the best epoch
/// @param seconds time that it has taken so far
/// @param finished whether more would change nothing
record Outcome(int spent, int best, double recall, double mrr, double seconds, boolean finished) {}
