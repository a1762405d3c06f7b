package dev.segue.engine;

import dev.segue.engine.network.GruNetwork;
import dev.segue.engine.network.ParameterSet;
import dev.segue.engine.ranking.Ranks;
import dev.segue.engine.sequences.Batch;
import dev.segue.kernels.Backend;
import dev.segue.kernels.Scores;
import dev.segue.kernels.Tensor;
import java.nio.FloatBuffer;

/// What validation measures after an epoch; lower is better. Whatever loss is trained, it is taken
/// over all V items, so that runs with different losses and numbers of negatives compare.
///
/// | `select` | measure |
/// |---|---|
/// | `loss` | mean softmax cross-entropy over all items, nats |
/// | `recall` | 1 − Recall@20, ties against the model |
/// | `mrr` | 1 − MRR@20, ties against the model |
enum ValidationMeasure {
  LOSS("loss"),
  RECALL("1-Recall@20"),
  MRR("1-MRR@20");

  private static final int CUT_OFF = 20;

  /// Most scores that are computed at once, 16 MiB, unless a single row has more.
  private static final int BLOCK_SCORES = 4 << 20;

  private final String label;

  ValidationMeasure(String label) {
    this.label = label;
  }

  static ValidationMeasure of(Settings settings) {
    return switch (settings.select()) {
      case "recall" -> RECALL;
      case "mrr" -> MRR;
      default -> LOSS;
    };
  }

  /// Returns the name for tables.
  String label() {
    return label;
  }

  /// Returns the sum over a batch's targets.
  double sum(Backend backend, GruNetwork network, Batch batch) {
    return this == LOSS ? network.loss(batch) : misses(backend, network, batch);
  }

  private double misses(Backend backend, GruNetwork network, Batch batch) {
    ParameterSet parameters = network.parameters();
    int items = parameters.shape().items();
    int size = parameters.shape().hidden();
    int most = Math.clamp(BLOCK_SCORES / items, 1, Math.max(1, batch.size()));
    float[] scores = new float[Math.multiplyExact(most, items)];
    double sum = 0;
    try (Tensor hidden = network.hidden(batch.layout(), batch.inputs(), batch.features())) {
      for (int from = 0; from < batch.size(); from += most) {
        int rows = Math.min(most, batch.size() - from);
        FloatBuffer copy = FloatBuffer.allocate(rows * size);
        hidden.read(from, copy);
        try (Tensor block = backend.tensor(rows, size, copy.array())) {
          backend.scores(
              new Scores(block, parameters.outputWeights(), parameters.outputBias(), scores));
        }
        for (int row = 0; row < rows; row++) {
          sum += 1 - gain(Ranks.of(scores, row * items, items, batch.targets()[from + row]));
        }
      }
    }
    return sum;
  }

  private double gain(int rank) {
    if (rank > CUT_OFF) {
      return 0;
    }
    return this == MRR ? 1.0 / rank : 1;
  }
}
