package dev.segue.engine;

import dev.segue.engine.network.GruNetwork;
import dev.segue.engine.network.ParameterSet;
import dev.segue.engine.sequences.EventCodes;
import dev.segue.engine.sequences.EventFeatures;
import dev.segue.kernels.Backend;
import dev.segue.kernels.PackedLayout;
import dev.segue.kernels.Scores;
import dev.segue.kernels.Tensor;
import java.nio.FloatBuffer;
import java.util.Arrays;

/// Scores every target of many sessions: sessions of similar length share a packed forward pass,
/// and the scores of a block of rows are computed at once. Memory does not grow with the number of
/// sessions.
final class BatchScorer {
  /// Rows of one forward pass, unless a single session is longer.
  private static final int PASS_ROWS = 8192;

  /// Most scores of one block, 32 MiB, unless a single row has more.
  private static final int BLOCK_SCORES = 8 << 20;

  private final Backend backend;
  private final GruNetwork network;
  private final EventCodes codes;
  private final int hiddenSize;
  private final int blockRows;
  private final float[] scores;

  BatchScorer(Backend backend, GruNetwork network, EventCodes codes) {
    this.backend = backend;
    this.network = network;
    this.codes = codes;
    int items = network.parameters().shape().items();
    this.hiddenSize = network.parameters().shape().hidden();
    this.blockRows = Math.clamp(BLOCK_SCORES / items, 1, PASS_ROWS);
    this.scores = new float[Math.multiplyExact(blockRows, items)];
  }

  void score(ModelEvent[][] sessions, SessionModel.TargetVisitor visitor) {
    int[] order = new int[sessions.length];
    Arrays.setAll(order, i -> i);
    order =
        Arrays.stream(order)
            .filter(session -> sessions[session].length > 1)
            .boxed()
            .sorted((a, b) -> Integer.compare(sessions[b].length, sessions[a].length))
            .mapToInt(Integer::intValue)
            .toArray();
    int from = 0;
    while (from < order.length) {
      int to = from;
      long rows = 0;
      while (to < order.length && (to == from || rows + sessions[order[to]].length <= PASS_ROWS)) {
        rows += sessions[order[to]].length - 1;
        to++;
      }
      scorePass(sessions, Arrays.copyOfRange(order, from, to), visitor);
      from = to;
    }
  }

  private void scorePass(
      ModelEvent[][] sessions, int[] chosen, SessionModel.TargetVisitor visitor) {
    PackedLayout layout =
        PackedLayout.ofLengths(
            Arrays.stream(chosen).map(session -> sessions[session].length - 1).toArray());
    int[] inputs = new int[layout.rows()];
    EventFeatures features = codes.areNone() ? null : codes.allocate(inputs.length);
    int[] sessionOfRow = new int[inputs.length];
    int[] stepOfRow = new int[inputs.length];
    int row = 0;
    for (int step = 0; step < layout.steps(); step++) {
      for (int i = 0; i < layout.batchSize(step); i++) {
        ModelEvent event = sessions[chosen[i]][step];
        inputs[row] = event.item();
        if (features != null) {
          codes.put(features, row, event.dwellMillis(), event.action());
        }
        sessionOfRow[row] = chosen[i];
        stepOfRow[row] = step;
        row++;
      }
    }
    try (Tensor hidden = network.hidden(layout, inputs, features)) {
      for (int first = 0; first < inputs.length; first += blockRows) {
        int rows = Math.min(blockRows, inputs.length - first);
        scoreBlock(hidden, first, rows);
        for (int i = 0; i < rows; i++) {
          visitor.visit(
              sessionOfRow[first + i],
              stepOfRow[first + i] + 1,
              scores,
              i * network.parameters().shape().items());
        }
      }
    }
  }

  private void scoreBlock(Tensor hidden, int first, int rows) {
    ParameterSet parameters = network.parameters();
    FloatBuffer copy = FloatBuffer.allocate(rows * hiddenSize);
    hidden.read(first, copy);
    try (Tensor block = backend.allocate(rows, hiddenSize)) {
      block.write(0, copy.rewind());
      backend.scores(
          new Scores(block, parameters.outputWeights(), parameters.outputBias(), scores));
    }
  }
}
