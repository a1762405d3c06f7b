package dev.segue.engine.network;

import dev.segue.kernels.Backend;
import dev.segue.kernels.RowGradients;
import dev.segue.kernels.RowGradients.Part;
import dev.segue.kernels.Tensor;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Content in the item vectors of a network that is trained: its tables of items are computed, each
/// row from the item's own vector and its features, see [ContentTable]. The network computes with
/// [#composed], the optimiser changes what it is made of.
///
/// A table is composed before a step, only in the rows that the step needs; between steps its other
/// rows are out of date, and [#compose] brings all of them up to date.
public final class ItemContent implements AutoCloseable {
  private final Backend backend;
  private final ParameterSet composed;
  private final SparseRows rows;
  private final SparseRows byFeature;
  private final IdDropout dropout;
  private final ContentTable embedding;
  private final @Nullable ContentTable output;

  /// Makes the computed tables.
  ///
  /// @param trained what the optimiser changes, with tables of features
  /// @param rows x, the content vector of each item
  /// @param dropout of the items' own vectors in training
  public ItemContent(Backend backend, ParameterSet trained, SparseRows rows, IdDropout dropout) {
    NetworkShape shape = trained.shape();
    if (rows.rows() != shape.items() || rows.width() != shape.features()) {
      throw new IllegalArgumentException(
          "network: content, expected %d items and %d features, got %d and %d"
              .formatted(shape.items(), shape.features(), rows.rows(), rows.width()));
    }
    this.backend = backend;
    this.rows = rows;
    this.byFeature = rows.transposed();
    this.dropout = dropout;
    this.composed = trained.withOwnTables(backend);
    this.embedding = embedding(trained, composed);
    this.output = output(trained, composed);
  }

  private static ContentTable embedding(ParameterSet trained, ParameterSet composed) {
    return new ContentTable(trained.embedding(), required(trained.content()), composed.embedding());
  }

  private static @Nullable ContentTable output(ParameterSet trained, ParameterSet composed) {
    return trained.shape().tied()
        ? null
        : new ContentTable(
            trained.outputWeights(), required(trained.outputContent()), composed.outputWeights());
  }

  private static Tensor required(@Nullable Tensor tensor) {
    if (tensor == null) {
      throw new IllegalArgumentException("network: content, expected tables of features, got none");
    }
    return tensor;
  }

  /// Returns the network of a trained set as it answers: its tables hold the sums of own vectors
  /// and content, and rows for items that training had not, which are made of content alone. The
  /// caller closes it.
  ///
  /// @param trained the trained V items, with tables of features
  /// @param rows content of these and of the others
  /// @param above what the bias of the others is above the mean bias of the trained ones
  public static ParameterSet ranked(
      Backend backend, ParameterSet trained, SparseRows rows, double above) {
    NetworkShape shape = trained.shape();
    ParameterSet ranked = new ParameterSet(backend, shape.withItems(rows.rows()).withFeatures(0));
    ranked.growFrom(trained, shape.items());
    int[] all = IntStream.range(0, rows.rows()).toArray();
    embedding(trained, ranked).compose(all, rows, item -> false);
    ContentTable output = output(trained, ranked);
    if (output != null) {
      output.compose(all, rows, item -> false);
    }
    float[] bias = ranked.outputBias().toArray();
    Arrays.fill(bias, shape.items(), bias.length, mean(bias, shape.items()) + (float) above);
    ranked.outputBias().write(0, FloatBuffer.wrap(bias));
    return ranked;
  }

  private static float mean(float[] values, int count) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += values[i];
    }
    return (float) (sum / count);
  }

  /// Subtracts what content says from the tables of a trained set whose first rows hold whole item
  /// vectors, as those of a model that is continued: the sums stay what they were.
  ///
  /// @param count rows that hold whole vectors
  public static void separate(ParameterSet trained, SparseRows rows, int count) {
    int[] known = IntStream.range(0, count).toArray();
    subtract(trained.embedding(), required(trained.content()), rows, known);
    if (!trained.shape().tied()) {
      subtract(trained.outputWeights(), required(trained.outputContent()), rows, known);
    }
  }

  private static void subtract(Tensor own, Tensor features, SparseRows rows, int[] known) {
    float[] table = features.toArray();
    float[] vector = new float[own.columns()];
    float[] said = new float[own.columns()];
    for (int item : known) {
      own.read(item, FloatBuffer.wrap(vector));
      Arrays.fill(said, 0);
      rows.addProduct(item, table, said.length, said, 0);
      for (int i = 0; i < vector.length; i++) {
        vector[i] -= said[i];
      }
      own.write(item, FloatBuffer.wrap(vector));
    }
  }

  /// Returns the set that the network computes with.
  ParameterSet composed() {
    return composed;
  }

  /// Brings all rows up to date; nothing is left out.
  public void compose() {
    compose(IntStream.range(0, rows.rows()).toArray(), rows, IdDropout.none(), 0);
  }

  /// Composes all rows for a step.
  void compose(long step) {
    compose(IntStream.range(0, rows.rows()).toArray(), rows, dropout, step);
  }

  /// Composes the rows of some items for a step.
  void compose(long step, int[] inputs, int[] columns) {
    int[] needed =
        IntStream.concat(Arrays.stream(inputs), Arrays.stream(columns))
            .sorted()
            .distinct()
            .toArray();
    compose(needed, rows.select(needed), dropout, step);
  }

  private void compose(int[] items, SparseRows content, IdDropout left, long step) {
    embedding.compose(items, content, item -> left.drops(step, item));
    if (output != null) {
      output.compose(items, content, item -> left.drops(step, item));
    }
  }

  /// Computes the gradients of the features from those of a step in which every item has one, and
  /// takes away those of own vectors that were left out.
  void completeGradients(ParameterSet gradients, long step) {
    embedding.gradient(gradients.embedding(), byFeature, required(gradients.content()));
    clearDropped(gradients.embedding(), step);
    if (output != null) {
      output.gradient(gradients.outputWeights(), byFeature, required(gradients.outputContent()));
      clearDropped(gradients.outputWeights(), step);
    }
  }

  private void clearDropped(Tensor gradient, long step) {
    if (dropout.probability() > 0) {
      FloatBuffer zeros = FloatBuffer.allocate(gradient.columns());
      for (int item = 0; item < gradient.rows(); item++) {
        if (dropout.drops(step, item)) {
          gradient.write(item, zeros.rewind());
        }
      }
    }
  }

  /// Returns the gradients of the features that occur in a step with a sampled loss, of the
  /// embedding table and, where it is another, of the output layer; and takes away those of own
  /// vectors that were left out. The tensors are the caller's to close.
  ///
  /// @param inputs gradients of the input rows
  /// @param outputs gradients of the output layer's rows
  List<Part> gradients(Part inputs, Part outputs, long step) {
    List<Part> parts =
        output == null
            ? List.of(gradient(embedding, inputs, outputs))
            : List.of(gradient(embedding, inputs), gradient(output, outputs));
    clearDropped(inputs, step);
    clearDropped(outputs, step);
    return parts;
  }

  private Part gradient(ContentTable table, Part... parts) {
    int[] items = Arrays.stream(parts).flatMapToInt(part -> Arrays.stream(part.ids())).toArray();
    int size = parts[0].values().columns();
    float[] values = new float[Math.multiplyExact(items.length, size)];
    int at = 0;
    for (Part part : parts) {
      int count = part.ids().length * size;
      part.values().read(0, FloatBuffer.wrap(values, at, count));
      at += count;
    }
    SparseRows features = rows.select(items).transposed();
    int[] occurring =
        IntStream.range(0, features.rows())
            .filter(feature -> features.offsets()[feature] < features.offsets()[feature + 1])
            .toArray();
    // A batch without any content still has a gradient: zero, of one feature.
    int[] wanted = occurring.length == 0 ? new int[1] : occurring;
    float[] sums = table.gradient(values, features, wanted);
    return new Part(wanted, backend.tensor(wanted.length, size, sums));
  }

  private void clearDropped(Part part, long step) {
    if (dropout.probability() > 0) {
      FloatBuffer zeros = FloatBuffer.allocate(part.values().columns());
      for (int i = 0; i < part.ids().length; i++) {
        if (dropout.drops(step, part.ids()[i])) {
          part.values().write(i, zeros.rewind());
        }
      }
    }
  }

  /// Returns the gradients of the features as the optimiser takes them.
  List<Gradient> asGradients(List<Part> parts) {
    List<Gradient> gradients = new ArrayList<>();
    for (Part part : parts) {
      gradients.add(new Gradient.Rows(RowGradients.ofRows(rows.width(), part)));
    }
    return gradients;
  }

  /// Releases the computed tables, and none that is trained.
  @Override
  public void close() {
    composed.close();
  }
}
