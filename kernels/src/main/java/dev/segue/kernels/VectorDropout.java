package dev.segue.kernels;

/// Dropout, rows cut among the threads; the generator is counter-based, so any thread can draw any
/// element. Formula: [Dropout].
final class VectorDropout {
  private VectorDropout() {}

  static void run(Dropout op, Workers workers, int parts) {
    HeapTensor input = HeapTensor.of(op.input());
    HeapTensor output = HeapTensor.of(op.output());
    workers.run(
        parts,
        part -> {
          Philox uniforms = new Philox(op.seed(), op.stream());
          int end = VectorGemm.cut(input.rows(), part + 1, parts, 1);
          for (int row = VectorGemm.cut(input.rows(), part, parts, 1); row < end; row++) {
            row(op, uniforms, (long) row * input.columns(), input, output, row);
          }
        });
  }

  private static void row(
      Dropout op, Philox uniforms, long index, HeapTensor input, HeapTensor output, int row) {
    float[] from = input.array(row);
    float[] to = output.array(row);
    int fromAt = input.offset(row);
    int toAt = output.offset(row);
    float scale = 1 / (1 - op.probability());
    for (int i = 0; i < input.columns(); i++) {
      boolean kept = uniforms.uniform(index + i) >= op.probability();
      to[toAt + i] = kept ? from[fromAt + i] * scale : 0;
    }
  }
}
