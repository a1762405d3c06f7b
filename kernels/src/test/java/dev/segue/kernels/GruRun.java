package dev.segue.kernels;

import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/// A forward and a backward pass on drawn numbers, the same for every backend.
final class GruRun {
  /// Where the gradients of a pass go.
  record Gradients(Tensor input, Tensor initial, GruWeights weights) {
    static Gradients zeros(Backend backend, GruForward forward) {
      int size = forward.weights().hiddenSize();
      int inputSize = forward.weights().inputSize();
      return new Gradients(
          backend.allocate(forward.layout().rows(), inputSize),
          backend.allocate(forward.layout().sequences(), size),
          new GruWeights(
              backend.allocate(3 * size, inputSize),
              backend.allocate(3 * size, size),
              backend.allocate(1, 3 * size),
              backend.allocate(1, 3 * size)));
    }

    GruBackward operation(GruForward forward, Tensor upstream) {
      return new GruBackward(forward, upstream, input, weights, initial);
    }

    Map<String, Tensor> all() {
      Map<String, Tensor> all = new LinkedHashMap<>();
      all.put("inputGradient", input);
      all.put("initialHiddenGradient", initial);
      all.put("inputWeightsGradient", weights.input());
      all.put("recurrentWeightsGradient", weights.recurrent());
      all.put("inputBiasGradient", weights.inputBias());
      all.put("recurrentBiasGradient", weights.recurrentBias());
      return all;
    }
  }

  private static final double STEP = 0x1p-7;

  private final GruForward forward;
  private final Tensor upstream;
  private final float[] gates;
  private final Gradients gradients;

  GruRun(Backend backend, int inputSize, int size, int... lengths) {
    this(backend, inputSize, size, true, lengths);
  }

  GruRun(Backend backend, int inputSize, int size, boolean withInitial, int... lengths) {
    PackedLayout layout = PackedLayout.ofLengths(lengths);
    double scale = 1 / Math.sqrt(size);
    GruWeights weights =
        new GruWeights(
            Contract.normal(backend, 3 * size, inputSize, scale, 1),
            Contract.normal(backend, 3 * size, size, scale, 2),
            Contract.normal(backend, 1, 3 * size, scale, 3),
            Contract.normal(backend, 1, 3 * size, scale, 4));
    Tensor initial = withInitial ? Contract.normal(backend, lengths.length, size, 1, 5) : null;
    forward =
        new GruForward(
            layout,
            Contract.normal(backend, layout.rows(), inputSize, 1, 6),
            weights,
            initial,
            backend.allocate(layout.rows(), size),
            backend.allocate(layout.rows(), 4 * size));
    upstream = Contract.normal(backend, layout.rows(), size, 1, 7);
    backend.gruForward(forward);
    gates = Objects.requireNonNull(forward.gates()).toArray(); // the backward pass uses them up
    gradients = Gradients.zeros(backend, forward);
    backend.gruBackward(gradients.operation(forward, upstream));
  }

  GruForward forward() {
    return forward;
  }

  Tensor hidden() {
    return forward.hidden();
  }

  Tensor upstream() {
    return upstream;
  }

  Gradients gradients() {
    return gradients;
  }

  /// Returns everything that the pass computes, by name.
  Map<String, float[]> results() {
    Map<String, float[]> results = new LinkedHashMap<>();
    results.put("hidden", hidden().toArray());
    results.put("gates", gates);
    gradients.all().forEach((name, tensor) -> results.put(name, tensor.toArray()));
    return results;
  }

  /// Returns one of the results.
  float[] result(String name) {
    return Objects.requireNonNull(results().get(name), name);
  }

  /// Returns the tensors that gradients exist for.
  Map<String, Tensor> variables() {
    Map<String, Tensor> variables = new LinkedHashMap<>();
    variables.put("input", forward.input());
    variables.put("initialHidden", Objects.requireNonNull(forward.initialHidden()));
    variables.put("inputWeights", forward.weights().input());
    variables.put("recurrentWeights", forward.weights().recurrent());
    variables.put("inputBias", forward.weights().inputBias());
    variables.put("recurrentBias", forward.weights().recurrentBias());
    return variables;
  }

  /// Returns how fast the scalar backend's loss changes with one element.
  double scalarSlope(Tensor variable, int index) {
    float[] values = variable.toArray();
    float middle = values[index];
    float high = (float) (middle + STEP);
    float low = (float) (middle - STEP);
    double above = scalarLoss(variable, values, index, high);
    double below = scalarLoss(variable, values, index, low);
    variable.write(0, FloatBuffer.wrap(values));
    return (above - below) / ((double) high - low);
  }

  private double scalarLoss(Tensor variable, float[] values, int index, float value) {
    float[] moved = values.clone();
    moved[index] = value;
    variable.write(0, FloatBuffer.wrap(moved));
    try (Backend scalar = new ScalarBackend()) {
      Tensor hidden = scalar.allocate(upstream.rows(), upstream.columns());
      Tensor initial = Contract.onScalar(Objects.requireNonNull(forward.initialHidden()));
      GruWeights weights =
          new GruWeights(
              Contract.onScalar(forward.weights().input()),
              Contract.onScalar(forward.weights().recurrent()),
              Contract.onScalar(forward.weights().inputBias()),
              Contract.onScalar(forward.weights().recurrentBias()));
      Tensor input = Contract.onScalar(forward.input());
      scalar.gruForward(new GruForward(forward.layout(), input, weights, initial, hidden, null));
      float[] states = hidden.toArray();
      float[] factors = upstream.toArray();
      double loss = 0;
      for (int i = 0; i < states.length; i++) {
        loss += (double) states[i] * factors[i];
      }
      return loss;
    }
  }
}
