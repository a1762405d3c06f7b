package dev.segue.engine;

import dev.segue.data.Catalogue;
import dev.segue.engine.network.GruNetwork;
import dev.segue.engine.network.ParameterSet;
import dev.segue.engine.network.StepWorkspace;
import dev.segue.engine.sequences.EventCodes;
import dev.segue.engine.sequences.EventFeatures;
import dev.segue.kernels.Backend;
import dev.segue.kernels.Scores;
import dev.segue.kernels.Tensor;
import dev.segue.kernels.TopK;
import java.nio.FloatBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// The trained GRU. A session's state is an array on the heap, so that thousands of live sessions
/// hold no memory of a device; the tensors of a step come from a pool. Requests for the best items
/// that come at once share a pass over the weights.
final class GruModel implements SessionModel {
  private final Backend backend;
  private final GruNetwork network;
  private final Catalogue items;
  private final EventCodes codes;
  private final Queue<StepWorkspace> workspaces = new ConcurrentLinkedQueue<>();
  private final ReentrantLock scoring = new ReentrantLock();

  private final RankingTable table;
  private final SharedRanking ranking;
  private volatile IntConsumer onPass = requests -> {};

  /// Makes the model.
  ///
  /// @param codes what it takes of an event beside the item
  GruModel(Backend backend, GruNetwork network, Catalogue items, EventCodes codes) {
    this.backend = backend;
    this.network = network;
    this.items = items;
    this.codes = codes;
    ParameterSet parameters = network.parameters();
    table = new RankingTable(backend, parameters.outputWeights(), parameters.outputBias());
    ranking = new SharedRanking(this::top, requests -> onPass.accept(requests));
  }

  /// Tells the number of requests of every pass over the weights from now on.
  void onPass(IntConsumer listener) {
    onPass = listener;
  }

  /// Makes the index of the output layer.
  @Override
  public void prepare() {
    try {
      table.awaitIndex();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private TopK top(float[][] hidden, int k, int[][] excluded, long @Nullable [] allowed) {
    try (Tensor rows = backend.allocate(hidden.length, hidden[0].length)) {
      for (int row = 0; row < hidden.length; row++) {
        rows.write(row, FloatBuffer.wrap(hidden[row]));
      }
      return table.top(rows, k, excluded, allowed);
    }
  }

  @Override
  public String name() {
    return ModelConfig.KIND;
  }

  @Override
  public Catalogue items() {
    return items;
  }

  @Override
  public int vocabularySize() {
    return network.parameters().shape().items();
  }

  @Override
  public ModelState start() {
    int layers = network.parameters().shape().layers();
    return new State(new float[layers][network.parameters().shape().hidden()]);
  }

  @Override
  public void scoreTargets(ModelEvent[][] sessions, TargetVisitor visitor) {
    scoring.lock();
    try {
      new BatchScorer(backend, network, codes).score(sessions, visitor);
    } finally {
      scoring.unlock();
    }
  }

  @Override
  public ItemRows itemRows() {
    return new ItemRows(network.parameters().outputWeights());
  }

  ParameterSet parameters() {
    return network.parameters();
  }

  @Override
  public void close() {
    ranking.close();
    table.close();
    for (StepWorkspace w = workspaces.poll(); w != null; w = workspaces.poll()) {
      w.close();
    }
    network.parameters().close();
  }

  private <T> T withWorkspace(Function<StepWorkspace, T> use) {
    StepWorkspace pooled = workspaces.poll();
    StepWorkspace workspace =
        pooled == null ? new StepWorkspace(backend, network.parameters()) : pooled;
    try {
      return use.apply(workspace);
    } finally {
      workspaces.add(workspace);
    }
  }

  /// One session's hidden states.
  private final class State implements ModelState {
    private final float[][] hidden;

    State(float[][] hidden) {
      this.hidden = hidden;
    }

    @Override
    public void add(ModelEvent event) {
      if (event.item() < 0 || event.item() >= vocabularySize()) {
        throw new IllegalArgumentException(
            "gru: item the model does not know, expected 0 to %d, got %d"
                .formatted(vocabularySize() - 1, event.item()));
      }
      withWorkspace(workspace -> {
        workspace.step(hidden, event.item(), features(event));
        return workspace;
      });
    }

    private @Nullable EventFeatures features(ModelEvent event) {
      if (codes.areNone()) {
        return null;
      }
      EventFeatures features = codes.allocate(1);
      codes.put(features, 0, event.dwellMillis(), event.action());
      return features;
    }

    @Override
    public void scores(float[] out) {
      ParameterSet parameters = network.parameters();
      withWorkspace(workspace -> {
        backend.scores(
            new Scores(
                workspace.hidden(hidden[hidden.length - 1]),
                parameters.outputWeights(),
                parameters.outputBias(),
                out));
        return workspace;
      });
    }

    @Override
    public TopK top(int k, int[] excluded, long @Nullable [] allowed) {
      return ranking.top(hidden[hidden.length - 1], k, excluded, allowed);
    }
  }
}
