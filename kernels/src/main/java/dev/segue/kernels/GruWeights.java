package dev.segue.kernels;

/// The parameters of one GRU layer, or their gradients. Gates lie in the order r, z, n, as in
/// PyTorch and cuDNN.
///
/// @param input `3H × E`, the weights of the input
/// @param recurrent `3H × H`, the weights of the hidden state
/// @param inputBias `1 × 3H`
/// @param recurrentBias `1 × 3H`; its n part lies inside the reset gate's product
public record GruWeights(Tensor input, Tensor recurrent, Tensor inputBias, Tensor recurrentBias) {
  /// Checks shapes.
  public GruWeights {
    int hidden = recurrent.columns();
    Shapes.check("gru", "recurrent weights", recurrent, 3 * hidden, hidden);
    Shapes.check("gru", "input weights", input, 3 * hidden, input.columns());
    Shapes.check("gru", "input bias", inputBias, 1, 3 * hidden);
    Shapes.check("gru", "recurrent bias", recurrentBias, 1, 3 * hidden);
  }

  /// Returns the hidden size H.
  public int hiddenSize() {
    return recurrent.columns();
  }

  /// Returns the input size E.
  public int inputSize() {
    return input.columns();
  }
}
