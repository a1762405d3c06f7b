package dev.segue.engine.network;

import dev.segue.kernels.Backend;
import dev.segue.kernels.GruWeights;
import dev.segue.kernels.Tensor;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One tensor for each parameter of a network: the parameters themselves, their gradients, a moment
/// of an optimiser, or a copy of the best weights. New sets are zero.
public final class ParameterSet implements AutoCloseable {
  private static final int COPIED_ELEMENTS = 1 << 20;

  private final NetworkShape shape;
  private final List<Parameter> all = new ArrayList<>();
  private final Tensor embedding;
  private final List<GruWeights> layers = new ArrayList<>();
  private final Tensor outputWeights;
  private final Tensor outputBias;
  private final @Nullable Tensor dwell;
  private final @Nullable Tensor action;
  private final @Nullable Tensor content;
  private final @Nullable Tensor outputContent;

  /// The tensors that this set closes.
  private final List<Tensor> owned = new ArrayList<>();

  /// Allocates the tensors of a network.
  public ParameterSet(Backend backend, NetworkShape shape) {
    this.shape = shape;
    int hidden = shape.hidden();
    embedding = matrix(backend, "embedding.weight", shape.items(), shape.embedding());
    for (int layer = 0; layer < shape.layers(); layer++) {
      int inputs = layer == 0 ? shape.embedding() : hidden;
      layers.add(
          new GruWeights(
              matrix(backend, "gru.weight_ih_l" + layer, 3 * hidden, inputs),
              matrix(backend, "gru.weight_hh_l" + layer, 3 * hidden, hidden),
              vector(backend, "gru.bias_ih_l" + layer, 3 * hidden),
              vector(backend, "gru.bias_hh_l" + layer, 3 * hidden)));
    }
    outputWeights =
        shape.tied() ? embedding : matrix(backend, "output.weight", shape.items(), hidden);
    outputBias = vector(backend, "output.bias", shape.items());
    dwell = table(backend, "dwell.weight", shape.dwells());
    action = table(backend, "action.weight", shape.actions());
    content = table(backend, "content.weight", shape.features());
    outputContent =
        shape.tied() || shape.features() == 0
            ? null
            : matrix(backend, "content_output.weight", shape.features(), hidden);
    owned.addAll(tensors());
  }

  /// Shares all tensors of a set but the tables of items.
  private ParameterSet(Backend backend, ParameterSet shared) {
    shape = shared.shape.withFeatures(0);
    embedding = backend.allocate(shape.items(), shape.embedding());
    layers.addAll(shared.layers);
    outputWeights = shape.tied() ? embedding : backend.allocate(shape.items(), shape.hidden());
    outputBias = shared.outputBias;
    dwell = shared.dwell;
    action = shared.action;
    content = null;
    outputContent = null;
    owned.add(embedding);
    if (!shape.tied()) {
      owned.add(outputWeights);
    }
    for (Parameter each : shared.all) {
      if (each.value() == shared.embedding) {
        all.add(new Parameter(each.name(), embedding, false));
      } else if (each.value() == shared.outputWeights) {
        all.add(new Parameter(each.name(), outputWeights, false));
      } else if (each.value() != shared.content && each.value() != shared.outputContent) {
        all.add(each);
      }
    }
  }

  /// Returns a set that shares all tensors of this one but the tables of items, which are new, and
  /// has no content features: for tables that are computed. Closing it closes these alone.
  ParameterSet withOwnTables(Backend backend) {
    return new ParameterSet(backend, this);
  }

  private Tensor matrix(Backend backend, String name, int rows, int columns) {
    Tensor tensor = backend.allocate(rows, columns);
    all.add(new Parameter(name, tensor, false));
    return tensor;
  }

  private @Nullable Tensor table(Backend backend, String name, int rows) {
    return rows == 0 ? null : matrix(backend, name, rows, shape.embedding());
  }

  private Tensor vector(Backend backend, String name, int size) {
    Tensor tensor = backend.allocate(1, size);
    all.add(new Parameter(name, tensor, true));
    return tensor;
  }

  /// Returns the sizes of the network.
  public NetworkShape shape() {
    return shape;
  }

  /// Returns every tensor once, in a fixed order; the tied table is in it once.
  public List<Parameter> all() {
    return List.copyOf(all);
  }

  /// Returns the tensors of [#all].
  public List<Tensor> tensors() {
    return all.stream().map(Parameter::value).toList();
  }

  /// Returns the tensors as they are kept in a file beside others, with a word before each name.
  List<Parameter> named(String prefix) {
    return all.stream()
        .map(each -> new Parameter(prefix + each.name(), each.value(), each.vector()))
        .toList();
  }

  /// Returns the tensors as dense gradients, in the order of [#all].
  public List<Gradient> asGradients() {
    return tensors().stream().<Gradient>map(Gradient.Dense::new).toList();
  }

  /// Returns the number of numbers.
  public long size() {
    return all.stream().mapToLong(parameter -> parameter.value().size()).sum();
  }

  /// Returns the embedding table, `V × E`.
  public Tensor embedding() {
    return embedding;
  }

  /// Returns all GRU layers.
  List<GruWeights> layers() {
    return layers;
  }

  /// Returns a GRU layer, from 0.
  public GruWeights layer(int layer) {
    return layers.get(layer);
  }

  /// Returns the output weights, `V × H`; the embedding table when tied.
  public Tensor outputWeights() {
    return outputWeights;
  }

  /// Returns the output bias, `1 × V`.
  public Tensor outputBias() {
    return outputBias;
  }

  /// Returns the table of dwell times, `D × E`, or null when they are no input.
  public @Nullable Tensor dwell() {
    return dwell;
  }

  /// Returns the table of actions, `A × E`, or null when they are no input.
  public @Nullable Tensor action() {
    return action;
  }

  /// Returns the features' part of the embedding table, `F × E`, or null when there is none.
  public @Nullable Tensor content() {
    return content;
  }

  /// Returns the features' part of the output weights, `F × H`, or null when there is none or the
  /// table is tied.
  public @Nullable Tensor outputContent() {
    return outputContent;
  }

  /// Copies all numbers of a set of the same shape into this one.
  public void copyFrom(ParameterSet source) {
    for (int i = 0; i < all.size(); i++) {
      Tensor from = source.all.get(i).value();
      copy(from, all.get(i).value(), from.rows());
    }
  }

  /// Copies the numbers of a set over other items into this one: the numbers of its first items
  /// become those of the first items here, and what the others had stays. Content features are not
  /// copied.
  ///
  /// @param items how many items, at most as many as either set has
  public void growFrom(ParameterSet source, int items) {
    for (int i = 0; i < all.size(); i++) {
      Tensor to = all.get(i).value();
      if (to == content || to == outputContent) {
        continue;
      }
      Tensor from = source.all.get(i).value();
      if (to == outputBias) {
        float[] grown = to.toArray();
        System.arraycopy(from.toArray(), 0, grown, 0, items);
        to.write(0, FloatBuffer.wrap(grown));
      } else {
        boolean isOfItems = to == embedding || to == outputWeights;
        copy(from, to, isOfItems ? items : from.rows());
      }
    }
  }

  private static void copy(Tensor source, Tensor target, int count) {
    int step = Math.max(1, COPIED_ELEMENTS / source.columns());
    for (int row = 0; row < count; row += step) {
      int rows = Math.min(step, count - row);
      FloatBuffer buffer = FloatBuffer.allocate(rows * source.columns());
      source.read(row, buffer);
      target.write(row, buffer.rewind());
    }
  }

  @Override
  public void close() {
    owned.forEach(Tensor::close);
  }
}
