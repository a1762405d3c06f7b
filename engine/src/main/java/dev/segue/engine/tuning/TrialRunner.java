package dev.segue.engine.tuning;

import dev.segue.engine.TrainingListener;
import java.util.Map;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;

/// Trains and measures the trials of one kind of model.
interface TrialRunner {
  /// Returns what each round gives a trial in all: epochs, or sessions to measure on.
  int[] budgets();

  /// Returns whether budgets are epochs.
  boolean countsEpochs();

  /// Returns the seed of a trial.
  long seed(Map<String, String> settings);

  /// Gives a trial more, up to a budget, and measures it.
  ///
  /// @param number of the trial, under which what it has learnt so far is kept
  /// @param settings that differ from the defaults
  /// @param budget epochs or sessions in all
  /// @param progress is told what part of this call is done, 0 to 1
  /// @return what it reached, or null when the listener asked to stop
  /// @throws dev.segue.engine.ModelException when it cannot be trained
  @Nullable Outcome run(
      int number,
      Map<String, String> settings,
      int budget,
      TrainingListener stop,
      DoubleConsumer progress);

  /// Forgets what a trial has learnt.
  void discard(int number);
}
