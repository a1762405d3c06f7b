package dev.segue.benchmarks;

import dev.segue.engine.network.NetworkShape;
import dev.segue.engine.sequences.Batch;
import dev.segue.kernels.PackedLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/// What is trained.
public enum TrainingScenario {
  /// The mission's step: 110,000 items, 64 sessions of 50 steps, embedding 128, hidden 256, softmax
  /// over all items.
  MISSION(110_000, 128, 256, false, 64, 0),
  /// The default model on sessions as long as diginetica's, over as many items, 64 a batch.
  SESSIONS(43_097, 128, 256, false, 64, 0);

  private static final int MISSION_STEPS = 50;
  private static final int BATCHES = 16;
  private static final long SEED = 17;

  private final int items;
  private final int embedding;
  private final int hidden;
  private final boolean tied;
  private final int batchSize;
  private final int negatives;

  TrainingScenario(
      int items, int embedding, int hidden, boolean tied, int batchSize, int negatives) {
    this.items = items;
    this.embedding = embedding;
    this.hidden = hidden;
    this.tied = tied;
    this.batchSize = batchSize;
    this.negatives = negatives;
  }

  /// Draws the problem.
  TrainingTask.Problem problem() {
    return problem(items, batchSize);
  }

  /// Draws a smaller problem of the same kind.
  TrainingTask.Problem problem(int itemCount, int sessions) {
    Random random = new Random(13);
    NetworkShape shape = new NetworkShape(itemCount, embedding, hidden, 1, tied);
    List<Batch> batches = new ArrayList<>();
    List<int[]> sampled = new ArrayList<>();
    int count = this == MISSION ? 1 : BATCHES;
    for (int i = 0; i < count; i++) {
      batches.add(batch(lengths(random, sessions), itemCount, random));
      if (negatives > 0) {
        sampled.add(random.ints(negatives, 0, itemCount).toArray());
      }
    }
    return new TrainingTask.Problem(shape, SEED, batches, sampled);
  }

  private int[] lengths(Random random, int sessions) {
    return IntStream.generate(() -> this == MISSION ? MISSION_STEPS : SessionLengths.draw(random))
        .limit(sessions)
        .map(length -> -length)
        .sorted()
        .map(length -> -length)
        .toArray();
  }

  private static Batch batch(int[] lengths, int items, Random random) {
    PackedLayout layout = PackedLayout.ofLengths(lengths);
    return new Batch(
        layout,
        random.ints(layout.rows(), 0, items).toArray(),
        random.ints(layout.rows(), 0, items).toArray());
  }
}
