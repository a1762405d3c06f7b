package dev.segue.engine.sequences;

/// The batches of one epoch, by number.
public interface Batches {
  /// Returns the number of batches.
  int batches();

  /// Makes a batch by number, from 0, whether those before it were made or not.
  Batch batch(int number);
}
