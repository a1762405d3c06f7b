package dev.segue.benchmarks;

import dev.segue.engine.network.NetworkShape;
import dev.segue.engine.network.SampledColumns;
import dev.segue.engine.sequences.Batch;
import dev.segue.kernels.PackedLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/// What is trained.
public enum TrainingScenario {
  /// The mission's step: 110,000 items, 64 sessions of 50 steps, embedding 128, hidden 256, softmax
  /// over all items.
  MISSION(110_000, 128, 256, false, 64, 0),
  /// The default model on sessions as long as diginetica's, over as many items, 64 a batch.
  SESSIONS(43_097, 128, 256, false, 64, 0),
  /// The same sessions, one tied table of width 100, softmax over the batch's targets and 2,048
  /// sampled items with the logQ correction.
  SAMPLED(43_097, 100, 100, true, 64, 2048);

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
    List<SampledColumns> columns = new ArrayList<>();
    int count = this == MISSION ? 1 : BATCHES;
    for (int i = 0; i < count; i++) {
      Batch batch = batch(lengths(random, sessions), itemCount, random);
      batches.add(batch);
      if (negatives > 0) {
        columns.add(columns(batch, itemCount, random));
      }
    }
    return new TrainingTask.Problem(shape, SEED, batches, columns);
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
    int[] inputs = drawItems(layout.rows(), items, random);
    return new Batch(layout, inputs, drawItems(layout.rows(), items, random));
  }

  /// Draws items, some far more often than others: of 43,097 the first 1,000 make 15 % and the
  /// first 10,000 make 48 % (in diginetica 21 % and 66 %).
  private static int[] drawItems(int count, int items, Random random) {
    int[] drawn = new int[count];
    for (int i = 0; i < count; i++) {
      double u = random.nextDouble();
      drawn[i] = (int) (items * u * u);
    }
    return drawn;
  }

  /// Returns a batch's targets and negatives, corrected by the log of how often each is expected.
  private SampledColumns columns(Batch batch, int items, Random random) {
    int[] drawn = drawItems(negatives, items, random);
    int[] all = IntStream.concat(Arrays.stream(batch.targets()), Arrays.stream(drawn)).toArray();
    float[] corrections = new float[all.length];
    for (int i = 0; i < all.length; i++) {
      double probability = (Math.sqrt(all[i] + 1.0) - Math.sqrt(all[i])) / Math.sqrt(items);
      corrections[i] = (float) Math.log(all.length * probability);
    }
    return new SampledColumns(all, corrections);
  }
}
