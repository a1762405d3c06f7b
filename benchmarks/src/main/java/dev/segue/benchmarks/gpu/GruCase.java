package dev.segue.benchmarks.gpu;

import dev.segue.kernels.Backend;
import dev.segue.kernels.GruBackward;
import dev.segue.kernels.GruForward;
import dev.segue.kernels.GruWeights;
import dev.segue.kernels.PackedLayout;
import dev.segue.kernels.Tensor;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// One GRU layer forward and backward. Its "loss" is the first number of the last hidden state.
final class GruCase implements GpuMeasure.Case {
  private final Backend backend;
  private final GruForward forward;
  private final GruBackward backward;
  private final List<Tensor> tensors = new ArrayList<>();
  private final int lastRow;

  private GruCase(Backend backend, Size size, Path data) throws IOException {
    this.backend = backend;
    int rows = size.sessions() * size.length();
    int hidden = size.hidden();
    int[] live = new int[size.length()];
    Arrays.fill(live, size.sessions());
    Tensor input = input("input", rows, size.embedding(), 1, data);
    double bound = 1 / Math.sqrt(hidden);
    GruWeights weights =
        new GruWeights(
            input("weight_ih", 3 * hidden, size.embedding(), bound, data),
            input("weight_hh", 3 * hidden, hidden, bound, data),
            input("bias_ih", 1, 3 * hidden, bound, data),
            input("bias_hh", 1, 3 * hidden, bound, data));
    Tensor states = tensor(rows, hidden);
    Tensor gates = tensor(rows, 4 * hidden);
    forward = new GruForward(new PackedLayout(live), input, weights, null, states, gates);
    GruWeights gradients =
        new GruWeights(
            tensor(3 * hidden, size.embedding()),
            tensor(3 * hidden, hidden),
            tensor(1, 3 * hidden),
            tensor(1, 3 * hidden));
    Tensor upstream = input("upstream", rows, hidden, 1, data);
    Tensor inputGradient = tensor(rows, size.embedding());
    backward = new GruBackward(forward, upstream, inputGradient, gradients, null);
    lastRow = rows - 1;
  }

  static GruCase open(Backend backend, Size size, Path data) throws IOException {
    return new GruCase(backend, size, data);
  }

  private Tensor tensor(int rows, int columns) {
    Tensor tensor = backend.allocate(rows, columns);
    tensors.add(tensor);
    return tensor;
  }

  private Tensor input(String name, int rows, int columns, double bound, Path data)
      throws IOException {
    Tensor tensor = tensor(rows, columns);
    Inputs.fill(tensor, bound, tensors.size());
    Inputs.write(data.resolve("gru." + name), tensor);
    return tensor;
  }

  @Override
  public double step() {
    backend.gruForward(forward);
    backend.gruBackward(backward);
    float[] last = new float[forward.hidden().columns()];
    forward.hidden().read(lastRow, FloatBuffer.wrap(last));
    return last[0];
  }

  @Override
  public void close() {
    tensors.forEach(Tensor::close);
  }
}
