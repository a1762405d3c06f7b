package dev.segue.engine.network;

import dev.segue.engine.sequences.Batch;
import dev.segue.kernels.Backend;
import dev.segue.kernels.GruWeights;
import dev.segue.kernels.RowGradients;
import dev.segue.kernels.RowGradients.Part;
import dev.segue.kernels.SampledLoss;
import dev.segue.kernels.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The gradients of a step with a sampled loss: dense for the GRU, by row for tables and output
/// bias. A row of a tied table has the sum of the gradients of its two uses.
public final class SampledGradients implements AutoCloseable {
  private final Backend backend;
  private final NetworkShape shape;
  private final List<GruWeights> layers = new ArrayList<>();
  private final @Nullable Tensor dwell;
  private final @Nullable Tensor action;
  private @Nullable Step current;
  private final List<Part> contentParts = new ArrayList<>();
  private final List<Gradient> contentGradients = new ArrayList<>();

  /// The tensors of one step, for its batch and its columns.
  private record Step(int[] inputs, int[] items, Tensor embedded, Tensor rows, Tensor bias)
      implements AutoCloseable {
    @Override
    public void close() {
      embedded.close();
      rows.close();
      bias.close();
    }
  }

  /// Allocates the dense gradients.
  public SampledGradients(Backend backend, NetworkShape shape) {
    this.backend = backend;
    this.shape = shape;
    for (int layer = 0; layer < shape.layers(); layer++) {
      int hidden = shape.hidden();
      int inputs = layer == 0 ? shape.embedding() : hidden;
      layers.add(
          new GruWeights(
              backend.allocate(3 * hidden, inputs),
              backend.allocate(3 * hidden, hidden),
              backend.allocate(1, 3 * hidden),
              backend.allocate(1, 3 * hidden)));
    }
    dwell = table(shape.dwells());
    action = table(shape.actions());
  }

  private @Nullable Tensor table(int rows) {
    return rows == 0 ? null : backend.allocate(rows, shape.embedding());
  }

  /// Returns the dense gradient of the table of dwell times, or null.
  @Nullable Tensor dwell() {
    return dwell;
  }

  /// Returns the dense gradient of the table of actions, or null.
  @Nullable Tensor action() {
    return action;
  }

  /// Makes room for a step.
  void begin(Batch batch, SampledColumns columns) {
    closeStep();
    int count = columns.items().length;
    current =
        new Step(
            batch.inputs(),
            columns.items(),
            backend.allocate(batch.size(), shape.embedding()),
            backend.allocate(count, shape.hidden()),
            backend.allocate(1, count));
  }

  /// Adds the gradients of content features, once those of the items' rows are there.
  void addContent(ItemContent content, long step) {
    Part inputs = new Part(step().inputs(), step().embedded());
    Part outputs = new Part(step().items(), step().rows());
    contentParts.addAll(content.gradients(inputs, outputs, step));
    contentGradients.addAll(content.asGradients(contentParts));
  }

  List<GruWeights> layers() {
    return layers;
  }

  /// Returns the gradient of each row's embedding, `N × E`.
  Tensor embedded() {
    return step().embedded();
  }

  /// Returns where the output layer's gradients go.
  SampledLoss.Gradients output(Tensor hiddenGradient) {
    return new SampledLoss.Gradients(hiddenGradient, step().rows(), step().bias());
  }

  /// Returns the gradients of the last step in the order of [ParameterSet#all]; valid until the
  /// next.
  public List<Gradient> all() {
    Part inputs = new Part(step().inputs(), step().embedded());
    Part outputs = new Part(step().items(), step().rows());
    int items = shape.items();
    List<Gradient> all = new ArrayList<>();
    all.add(
        new Gradient.Rows(
            shape.tied()
                ? RowGradients.ofRows(items, inputs, outputs)
                : RowGradients.ofRows(items, inputs)));
    for (GruWeights layer : layers) {
      all.add(new Gradient.Dense(layer.input()));
      all.add(new Gradient.Dense(layer.recurrent()));
      all.add(new Gradient.Dense(layer.inputBias()));
      all.add(new Gradient.Dense(layer.recurrentBias()));
    }
    if (!shape.tied()) {
      all.add(new Gradient.Rows(RowGradients.ofRows(items, outputs)));
    }
    Part bias = new Part(step().items(), step().bias());
    all.add(new Gradient.Rows(RowGradients.ofElements(items, bias)));
    if (dwell != null) {
      all.add(new Gradient.Dense(dwell));
    }
    if (action != null) {
      all.add(new Gradient.Dense(action));
    }
    all.addAll(contentGradients);
    return all;
  }

  private Step step() {
    if (current == null) {
      throw new IllegalStateException("sampled gradients: no step was begun");
    }
    return current;
  }

  private void closeStep() {
    contentParts.forEach(part -> part.values().close());
    contentParts.clear();
    contentGradients.clear();
    if (current != null) {
      current.close();
      current = null;
    }
  }

  @Override
  public void close() {
    closeStep();
    for (GruWeights layer : layers) {
      layer.input().close();
      layer.recurrent().close();
      layer.inputBias().close();
      layer.recurrentBias().close();
    }
    if (dwell != null) {
      dwell.close();
    }
    if (action != null) {
      action.close();
    }
  }
}
