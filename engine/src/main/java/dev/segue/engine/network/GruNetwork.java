package dev.segue.engine.network;

import dev.segue.engine.sequences.Batch;
import dev.segue.engine.sequences.Batch.Carry;
import dev.segue.engine.sequences.EventFeatures;
import dev.segue.kernels.Backend;
import dev.segue.kernels.Dropout;
import dev.segue.kernels.GruBackward;
import dev.segue.kernels.GruForward;
import dev.segue.kernels.GruWeights;
import dev.segue.kernels.PackedLayout;
import dev.segue.kernels.SampledLoss;
import dev.segue.kernels.ScatterAddRows;
import dev.segue.kernels.SoftmaxCrossEntropy;
import dev.segue.kernels.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/// Embedding, GRU layers and an output layer over all items:
///
/// ```
/// x_t = embedding[item_t] (+ dwell[…] + action[…])        h_t = GRU(x_t, h_{t−1})        logits_t = W h_t + b
/// ```
///
/// Source: Hidasi et al., "Session-based recommendations with recurrent neural networks", ICLR
/// 2016. Nothing is computed for padding, and the logits of a batch never exist at once.
public final class GruNetwork {
  private static final int PLACES = 2;
  private static final int EMBEDDING_PLACE = 0;
  private static final int HIDDEN_PLACE = 1;

  private final Backend backend;
  private final ParameterSet parameters;
  private final ParameterSet trained;
  private final @Nullable CarriedStates carried;
  private final @Nullable ItemContent content;

  /// Makes a network that computes on a backend with parameters of that backend.
  public GruNetwork(Backend backend, ParameterSet parameters) {
    this(backend, parameters, null, null);
  }

  /// Makes a network of ids alone that trains on sessions side by side.
  ///
  /// @param carried where states are kept between batches, or null when no batch carries any
  public GruNetwork(Backend backend, ParameterSet trained, @Nullable CarriedStates carried) {
    this(backend, trained, carried, null);
  }

  /// Makes a network that is trained.
  ///
  /// @param trained what the optimiser changes
  /// @param carried where states are kept between batches, or null when no batch carries any
  /// @param content what the item vectors are made of beside ids, or null for ids alone; the
  ///   network computes with its tables
  public GruNetwork(
      Backend backend,
      ParameterSet trained,
      @Nullable CarriedStates carried,
      @Nullable ItemContent content) {
    this.backend = backend;
    this.trained = trained;
    this.parameters = content == null ? trained : content.composed();
    this.carried = carried;
    this.content = content;
  }

  /// Returns the states that a checkpoint keeps: those that sessions carry.
  public List<Parameter> carriedState() {
    return carried == null ? List.of() : carried.state();
  }

  /// Returns the parameters that the network computes with.
  public ParameterSet parameters() {
    return parameters;
  }

  /// Returns the parameters that training changes: those that the network computes with or, with
  /// content, what these are computed from.
  public ParameterSet trained() {
    return trained;
  }

  /// Returns the weighted sum of the losses of a batch's targets, in nats.
  public double loss(Batch batch) {
    try (Tensor hidden = hidden(batch.layout(), batch.inputs(), batch.features())) {
      return backend
          .softmaxCrossEntropy(
              new SoftmaxCrossEntropy(
                  hidden,
                  parameters.outputWeights(),
                  parameters.outputBias(),
                  batch.targets(),
                  batch.weights(),
                  1f,
                  null))
          .getAsDouble();
    }
  }

  /// Returns the last layer's hidden state after every row of a packed batch, `N × H`; the caller
  /// closes it.
  ///
  /// @param features of the inputs, or null where the network takes nothing but items
  public Tensor hidden(PackedLayout layout, int[] inputs, @Nullable EventFeatures features) {
    Tensor states = backend.allocate(inputs.length, parameters.shape().embedding());
    EventEmbedding.gather(backend, parameters, inputs, features, states);
    for (int layer = 0; layer < parameters.shape().layers(); layer++) {
      Tensor next = backend.allocate(inputs.length, parameters.shape().hidden());
      backend.gruForward(new GruForward(layout, states, parameters.layer(layer), null, next, null));
      states.close();
      states = next;
    }
    return states;
  }

  /// Adds the gradients of a batch's mean loss to `gradients` and returns the weighted sum of its
  /// losses, to be asked for when the step is done. The gradient of a tied table is the sum of
  /// those of its two uses. Those of content features are made from the gradients of the item
  /// vectors, all that the set holds.
  ///
  /// @param batch the batch
  /// @param gradients a set of the same shape
  /// @param regularisation dropout
  /// @param step number of the step in the whole training; each step draws its own masks
  public DoubleSupplier accumulateGradients(
      Batch batch, ParameterSet gradients, Regularisation regularisation, long step) {
    int rows = batch.size();
    if (content != null) {
      content.compose(step);
    }
    try (Activations activations = forward(batch, regularisation, step);
        Tensor outputGradient = backend.allocate(rows, parameters.shape().hidden())) {
      DoubleSupplier loss =
          backend.softmaxCrossEntropy(
              new SoftmaxCrossEntropy(
                  activations.output(),
                  parameters.outputWeights(),
                  parameters.outputBias(),
                  batch.targets(),
                  batch.weights(),
                  1f / rows,
                  new SoftmaxCrossEntropy.Gradients(
                      outputGradient, gradients.outputWeights(), gradients.outputBias())));
      double smoothing =
          regularisation.smoothing() == 0
              ? 0
              : new LabelSmoothing(backend, parameters)
                  .add(
                      regularisation.smoothing(),
                      1.0 / rows,
                      activations.output(),
                      batch.targets(),
                      parameters.outputBias(),
                      outputGradient,
                      gradients);
      drop(outputGradient, outputGradient, regularisation, HIDDEN_PLACE, step);
      try (Tensor embedded = backend.allocate(rows, parameters.shape().embedding())) {
        backward(activations, outputGradient, embedded, gradients.layers());
        drop(embedded, embedded, regularisation, EMBEDDING_PLACE, step);
        backend.scatterAddRows(new ScatterAddRows(embedded, batch.inputs(), gradients.embedding()));
        EventEmbedding.scatter(
            backend, gradients.dwell(), gradients.action(), batch.features(), embedded);
      }
      if (content != null) {
        content.completeGradients(gradients, step);
      }
      return () -> loss.getAsDouble() + smoothing;
    }
  }

  /// Computes the gradients of a batch's mean loss over sampled items and returns the weighted sum
  /// of its losses, to be asked for when the step is done. Only rows of items that occur, as inputs
  /// or among the columns, have a gradient.
  ///
  /// @param batch the batch
  /// @param columns the items to score: the batch's targets, then shared negatives
  /// @param objective what is minimised
  /// @param gradients receives the gradients by row; those of the GRU are added to
  /// @param regularisation dropout
  /// @param step number of the step in the whole training
  public DoubleSupplier accumulateSampled(
      Batch batch,
      SampledColumns columns,
      SampledLoss.Objective objective,
      SampledGradients gradients,
      Regularisation regularisation,
      long step) {
    int rows = batch.size();
    gradients.begin(batch, columns);
    if (content != null) {
      content.compose(step, batch.inputs(), columns.items());
    }
    try (Activations activations = forward(batch, regularisation, step);
        Tensor outputGradient = backend.allocate(rows, parameters.shape().hidden())) {
      DoubleSupplier loss =
          backend.sampledLoss(
              new SampledLoss(
                  activations.output(),
                  parameters.outputWeights(),
                  parameters.outputBias(),
                  columns.items(),
                  columns.corrections(),
                  objective,
                  batch.weights(),
                  1f / rows,
                  gradients.output(outputGradient)));
      drop(outputGradient, outputGradient, regularisation, HIDDEN_PLACE, step);
      backward(activations, outputGradient, gradients.embedded(), gradients.layers());
      drop(gradients.embedded(), gradients.embedded(), regularisation, EMBEDDING_PLACE, step);
      EventEmbedding.scatter(
          backend, gradients.dwell(), gradients.action(), batch.features(), gradients.embedded());
      if (content != null) {
        gradients.addContent(content, step);
      }
      return loss;
    }
  }

  private Activations forward(Batch batch, Regularisation regularisation, long step) {
    int rows = batch.size();
    int size = parameters.shape().hidden();
    Tensor embedded = backend.allocate(rows, parameters.shape().embedding());
    EventEmbedding.gather(backend, parameters, batch.inputs(), batch.features(), embedded);
    drop(embedded, embedded, regularisation, EMBEDDING_PLACE, step);
    List<GruForward> layers = new ArrayList<>();
    Tensor states = embedded;
    for (int layer = 0; layer < parameters.shape().layers(); layer++) {
      Tensor hidden = backend.allocate(rows, size);
      Tensor gates = backend.allocate(rows, 4 * size);
      GruForward pass =
          new GruForward(
              batch.layout(),
              states,
              parameters.layer(layer),
              statesBefore(batch, layer),
              hidden,
              gates);
      backend.gruForward(pass);
      if (carried != null && batch.carry() != null) {
        carried.keep(layer, batch.carry(), hidden);
      }
      layers.add(pass);
      states = hidden;
    }
    Tensor output = states;
    if (regularisation.hidden() > 0) {
      output = backend.allocate(rows, size);
      drop(states, output, regularisation, HIDDEN_PLACE, step);
    }
    return new Activations(embedded, layers, output);
  }

  /// Returns the states that a batch goes on from, or null when it starts from zero.
  private @Nullable Tensor statesBefore(Batch batch, int layer) {
    Carry carry = batch.carry();
    if (carry == null) {
      return null;
    }
    if (carried == null) {
      throw new IllegalArgumentException("network: the batch carries states, none are kept here");
    }
    return carried.before(layer, carry);
  }

  /// Carries a gradient from the last layer's states back to the embeddings.
  private void backward(
      Activations activations,
      Tensor outputGradient,
      Tensor embeddedGradient,
      List<GruWeights> gradients) {
    Tensor stateGradient = outputGradient;
    for (int layer = parameters.shape().layers() - 1; layer >= 0; layer--) {
      GruForward pass = activations.layers().get(layer);
      Tensor inputGradient =
          layer == 0
              ? embeddedGradient
              : backend.allocate(outputGradient.rows(), pass.weights().inputSize());
      backend.gruBackward(
          new GruBackward(pass, stateGradient, inputGradient, gradients.get(layer), null));
      if (stateGradient != outputGradient) {
        stateGradient.close();
      }
      stateGradient = inputGradient;
    }
  }

  /// Applies dropout; a gradient passes with the mask of its values.
  private void drop(
      Tensor input, Tensor output, Regularisation regularisation, int place, long step) {
    float probability =
        place == EMBEDDING_PLACE ? regularisation.embedding() : regularisation.hidden();
    if (probability > 0) {
      backend.dropout(
          new Dropout(input, output, probability, regularisation.seed(), step * PLACES + place));
    }
  }
}
