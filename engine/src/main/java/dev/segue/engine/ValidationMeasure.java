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
/// | `both` | 1 − (Recall@20 + MRR@20) / 2 |
enum ValidationMeasure {
  LOSS("loss"),
  RECALL("1-Recall@20"),
  MRR("1-MRR@20"),
  BOTH("1-(Recall+MRR)/2@20");

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
      case "both" -> BOTH;
      default -> LOSS;
    };
  }

  /// Returns the name for tables.
  String label() {
    return label;
  }

  /// Sums over targets.
  ///
  /// @param recall number of targets among the best 20, NaN where only losses are computed
  /// @param mrr sum of their reciprocal ranks
  /// @param loss sum of the losses, NaN where ranks are computed
  record Sums(double recall, double mrr, double loss) {
    Sums plus(Sums other) {
      return new Sums(recall + other.recall, mrr + other.mrr, loss + other.loss);
    }

    Sums over(long targets) {
      double count = (double) targets;
      return new Sums(recall / count, mrr / count, loss / count);
    }
  }

  /// Returns the sums over a batch's targets.
  Sums sums(Backend backend, GruNetwork network, Batch batch) {
    return this == LOSS
        ? new Sums(Double.NaN, Double.NaN, network.loss(batch))
        : gains(backend, network, batch);
  }

  /// Returns what is minimised.
  ///
  /// @param means of all targets
  double of(Sums means) {
    return switch (this) {
      case LOSS -> means.loss;
      case RECALL -> 1 - means.recall;
      case MRR -> 1 - means.mrr;
      case BOTH -> 1 - (means.recall + means.mrr) / 2;
    };
  }

  private static Sums gains(Backend backend, GruNetwork network, Batch batch) {
    ParameterSet parameters = network.parameters();
    int items = parameters.shape().items();
    int size = parameters.shape().hidden();
    int most = Math.clamp(BLOCK_SCORES / items, 1, Math.max(1, batch.size()));
    float[] scores = new float[Math.multiplyExact(most, items)];
    double recall = 0;
    double mrr = 0;
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
          int rank = Ranks.of(scores, row * items, items, batch.targets()[from + row]);
          recall += rank <= CUT_OFF ? 1 : 0;
          mrr += rank <= CUT_OFF ? 1.0 / rank : 0;
        }
      }
    }
    return new Sums(recall, mrr, Double.NaN);
  }
}
