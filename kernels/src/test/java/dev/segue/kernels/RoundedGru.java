package dev.segue.kernels;

/// States and gates in double, with operands of products in bfloat16. Each step begins with the
/// states that the backend gave: a state that lies between two numbers of bfloat16 is rounded like
/// the backend's own.
final class RoundedGru {
  private final int size;
  private final int inputs;
  private final float[] input;
  private final float[] inputWeights;
  private final float[] recurrent;
  private final float[] inputBias;
  private final float[] recurrentBias;
  final float[] hidden;
  final float[] gates;

  RoundedGru(GruForward op, float[] given) {
    size = op.weights().hiddenSize();
    inputs = op.weights().inputSize();
    input = rounded(op.input().toArray());
    inputWeights = rounded(op.weights().input().toArray());
    recurrent = rounded(op.weights().recurrent().toArray());
    inputBias = op.weights().inputBias().toArray();
    recurrentBias = op.weights().recurrentBias().toArray();
    hidden = new float[given.length];
    gates = new float[4 * given.length];
    float[] first = new float[op.layout().sequences() * size];
    float[] before = op.initialHidden() == null ? first : op.initialHidden().toArray();
    int from = 0;
    int row = 0;
    for (int step = 0; step < op.layout().steps(); step++) {
      int firstRow = row;
      for (int sequence = 0; sequence < op.layout().batchSize(step); sequence++) {
        state(row++, before, from + sequence);
      }
      before = given;
      from = firstRow;
    }
  }

  private void state(int row, float[] states, int at) {
    float[] before = new float[size];
    System.arraycopy(states, at * size, before, 0, size);
    float[] operand = rounded(before);
    for (int unit = 0; unit < size; unit++) {
      double[] x = new double[3];
      double[] u = new double[3];
      for (int gate = 0; gate < 3; gate++) {
        int column = gate * size + unit;
        x[gate] = inputBias[column] + dot(input, row * inputs, inputWeights, column, inputs);
        u[gate] = recurrentBias[column] + dot(operand, 0, recurrent, column, size);
      }
      double r = 1 / (1 + Math.exp(-x[0] - u[0]));
      double z = 1 / (1 + Math.exp(-x[1] - u[1]));
      double n = Math.tanh(x[2] + r * u[2]);
      hidden[row * size + unit] = (float) ((1 - z) * n + z * before[unit]);
      double[] kept = {r, z, n, u[2]};
      for (int gate = 0; gate < 4; gate++) {
        gates[row * 4 * size + gate * size + unit] = (float) kept[gate];
      }
    }
  }

  private static double dot(float[] a, int from, float[] matrix, int row, int length) {
    double sum = 0;
    for (int i = 0; i < length; i++) {
      sum += (double) a[from + i] * matrix[row * length + i];
    }
    return sum;
  }

  /// Returns numbers rounded to bfloat16.
  static float[] rounded(float[] values) {
    float[] all = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      all[i] = CudaRoundingContract.rounded(values[i]);
    }
    return all;
  }
}
