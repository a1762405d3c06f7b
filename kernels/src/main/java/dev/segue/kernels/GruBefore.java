package dev.segue.kernels;

/// Where the hidden state before the first step lies.
final class GruBefore {
  private GruBefore() {}

  /// Returns the initial hidden states, zeros if the operation names none.
  static HeapTensor start(GruForward op, int size) {
    return op.initialHidden() == null
        ? new HeapTensor(op.layout().sequences(), size)
        : HeapTensor.of(op.initialHidden());
  }
}
