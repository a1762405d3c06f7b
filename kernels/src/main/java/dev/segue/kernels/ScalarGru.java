package dev.segue.kernels;

/// The GRU in plain loops: the specification of [Backend#gruForward] and [Backend#gruBackward].
/// Formulas: [GruForward], [GruBackward].
final class ScalarGru {
  private ScalarGru() {}

  static void forward(GruForward op) {
    PackedLayout layout = op.layout();
    HeapTensor hidden = HeapTensor.of(op.hidden());
    int size = op.weights().hiddenSize();
    int firstRow = 0;
    for (int step = 0; step < layout.steps(); step++) {
      for (int sequence = 0; sequence < layout.batchSize(step); sequence++) {
        int row = firstRow + sequence;
        double[] before = hiddenBefore(op, step, firstRow, sequence);
        for (int unit = 0; unit < size; unit++) {
          hidden.set(row, unit, unit(op, row, before, unit));
        }
      }
      firstRow += layout.batchSize(step);
    }
  }

  /// Computes one unit of h' and keeps its gates.
  private static float unit(GruForward op, int row, double[] before, int unit) {
    int size = before.length;
    GruWeights w = op.weights();
    double r = sigmoid(fromInput(w, op.input(), row, unit) + fromHidden(w, before, unit));
    double z =
        sigmoid(fromInput(w, op.input(), row, size + unit) + fromHidden(w, before, size + unit));
    double a = fromHidden(w, before, 2 * size + unit);
    double n = Math.tanh(fromInput(w, op.input(), row, 2 * size + unit) + r * a);
    if (op.gates() != null) {
      HeapTensor gates = HeapTensor.of(op.gates());
      gates.set(row, unit, (float) r);
      gates.set(row, size + unit, (float) z);
      gates.set(row, 2 * size + unit, (float) n);
      gates.set(row, 3 * size + unit, (float) a);
    }
    return (float) ((1 - z) * n + z * before[unit]);
  }

  static void backward(GruBackward op) {
    PackedLayout layout = op.forward().layout();
    HeapTensor hiddenGradient = HeapTensor.of(op.hiddenGradient());
    int size = op.forward().weights().hiddenSize();
    double[][] carried = new double[layout.sequences()][size];
    int firstRow = layout.rows();
    for (int step = layout.steps() - 1; step >= 0; step--) {
      firstRow -= layout.batchSize(step);
      for (int sequence = 0; sequence < layout.batchSize(step); sequence++) {
        for (int unit = 0; unit < size; unit++) {
          carried[sequence][unit] += hiddenGradient.get(firstRow + sequence, unit);
        }
        double[] before = hiddenBefore(op.forward(), step, firstRow, sequence);
        carried[sequence] = rowBackward(op, firstRow + sequence, before, carried[sequence]);
      }
    }
    if (op.initialHiddenGradient() != null) {
      HeapTensor target = HeapTensor.of(op.initialHiddenGradient());
      for (int sequence = 0; sequence < carried.length; sequence++) {
        for (int unit = 0; unit < size; unit++) {
          target.set(sequence, unit, (float) carried[sequence][unit]);
        }
      }
    }
  }

  /// Takes the gradient g that reaches a row's h' and returns the one that reaches its h.
  private static double[] rowBackward(GruBackward op, int row, double[] before, double[] g) {
    int size = g.length;
    HeapTensor gates = HeapTensor.of(java.util.Objects.requireNonNull(op.forward().gates()));
    double[] byInput = new double[3 * size];
    double[] byHidden = new double[3 * size];
    double[] earlier = new double[size];
    for (int unit = 0; unit < size; unit++) {
      double r = gates.get(row, unit);
      double z = gates.get(row, size + unit);
      double n = gates.get(row, 2 * size + unit);
      double a = gates.get(row, 3 * size + unit);
      double dn = g[unit] * (1 - z) * (1 - n * n);
      double dz = g[unit] * (before[unit] - n) * z * (1 - z);
      double dr = dn * a * r * (1 - r);
      byInput[unit] = byHidden[unit] = dr;
      byInput[size + unit] = byHidden[size + unit] = dz;
      byInput[2 * size + unit] = dn;
      byHidden[2 * size + unit] = dn * r;
      earlier[unit] = g[unit] * z;
    }
    addWeightGradients(op, row, before, byInput, byHidden);
    GruWeights w = op.forward().weights();
    addTransposed(HeapTensor.of(w.recurrent()), byHidden, earlier);
    if (op.inputGradient() != null) {
      double[] dx = new double[w.inputSize()];
      addTransposed(HeapTensor.of(w.input()), byInput, dx);
      HeapTensor target = HeapTensor.of(op.inputGradient());
      for (int i = 0; i < dx.length; i++) {
        target.set(row, i, (float) dx[i]);
      }
    }
    return earlier;
  }

  private static void addWeightGradients(
      GruBackward op, int row, double[] before, double[] byInput, double[] byHidden) {
    HeapTensor x = HeapTensor.of(op.forward().input());
    HeapTensor input = HeapTensor.of(op.weightGradients().input());
    HeapTensor recurrent = HeapTensor.of(op.weightGradients().recurrent());
    HeapTensor inputBias = HeapTensor.of(op.weightGradients().inputBias());
    HeapTensor recurrentBias = HeapTensor.of(op.weightGradients().recurrentBias());
    for (int gate = 0; gate < byInput.length; gate++) {
      for (int i = 0; i < x.columns(); i++) {
        input.add(gate, i, (float) (byInput[gate] * x.get(row, i)));
      }
      for (int i = 0; i < before.length; i++) {
        recurrent.add(gate, i, (float) (byHidden[gate] * before[i]));
      }
      inputBias.add(0, gate, (float) byInput[gate]);
      recurrentBias.add(0, gate, (float) byHidden[gate]);
    }
  }

  /// `result += matrixᵀ · vector`.
  private static void addTransposed(HeapTensor matrix, double[] vector, double[] result) {
    for (int row = 0; row < vector.length; row++) {
      for (int column = 0; column < result.length; column++) {
        result[column] += vector[row] * matrix.get(row, column);
      }
    }
  }

  private static double[] hiddenBefore(GruForward op, int step, int firstRow, int sequence) {
    double[] before = new double[op.weights().hiddenSize()];
    Tensor source = step == 0 ? op.initialHidden() : op.hidden();
    if (source != null) {
      int row = step == 0 ? sequence : firstRow - op.layout().batchSize(step - 1) + sequence;
      for (int unit = 0; unit < before.length; unit++) {
        before[unit] = HeapTensor.of(source).get(row, unit);
      }
    }
    return before;
  }

  private static double fromInput(GruWeights w, Tensor input, int row, int gate) {
    HeapTensor x = HeapTensor.of(input);
    HeapTensor weights = HeapTensor.of(w.input());
    double sum = HeapTensor.of(w.inputBias()).get(0, gate);
    for (int i = 0; i < x.columns(); i++) {
      sum += (double) weights.get(gate, i) * x.get(row, i);
    }
    return sum;
  }

  private static double fromHidden(GruWeights w, double[] before, int gate) {
    HeapTensor weights = HeapTensor.of(w.recurrent());
    double sum = HeapTensor.of(w.recurrentBias()).get(0, gate);
    for (int i = 0; i < before.length; i++) {
      sum += weights.get(gate, i) * before[i];
    }
    return sum;
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
