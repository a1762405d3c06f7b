package dev.segue.engine.tuning;

import java.util.Map;

/// Is told how a search goes, on the searching thread; the default does nothing.
public interface TuningListener {
  /// A round begins.
  ///
  /// @param round from 1
  /// @param rounds how many there are
  /// @param trials how many trials are in it
  /// @param budget what each of them has in the end, such as `3 epochs`
  default void roundStarted(int round, int rounds, int trials, String budget) {}

  /// A trial is under way.
  ///
  /// @param number of the trial
  /// @param settings that differ from the model's defaults
  /// @param done part of the whole search that is done, 0 to 1
  default void progressed(int number, Map<String, String> settings, double done) {}

  /// A trial has had what the round gives.
  ///
  /// @param trial what it reached
  /// @param isBest whether it is the best of the round so far
  /// @param known whether the log had it already
  default void trialFinished(Trial trial, boolean isBest, boolean known) {}

  /// Returns whether the search should save what is under way and stop.
  default boolean stopRequested() {
    return false;
  }
}
