package dev.segue.engine.sequences;

import dev.segue.engine.random.SeededRandom;
import java.util.Arrays;

/// The batches of one epoch. Any batch can be made without those before it, so that an interrupted
/// epoch continues where it stopped.
public final class BatchPlan implements Batches {
  private final Sequences sequences;
  private final int batchSize;
  private final int[] order;

  private BatchPlan(Sequences sequences, int batchSize, int[] order) {
    this.sequences = sequences;
    this.batchSize = batchSize;
    this.order = order;
  }

  /// Plans batches of the windows as they lie in the log.
  public static BatchPlan inOrder(Sequences sequences, int batchSize) {
    int[] order = new int[sequences.windows()];
    Arrays.setAll(order, i -> i);
    return new BatchPlan(sequences, batchSize, order);
  }

  /// Plans batches of windows in an order that depends on nothing but seed and epoch.
  public static BatchPlan shuffled(Sequences sequences, int batchSize, long seed, int epoch) {
    BatchPlan plan = inOrder(sequences, batchSize);
    new SeededRandom(seed, epoch).shuffle(plan.order);
    return plan;
  }

  /// Returns the number of batches; the last may be smaller than the others.
  @Override
  public int batches() {
    return Math.ceilDiv(order.length, batchSize);
  }

  @Override
  public Batch batch(int number) {
    int from = number * batchSize;
    int to = Math.min(order.length, from + batchSize);
    return sequences.pack(Arrays.copyOfRange(order, from, to));
  }
}
