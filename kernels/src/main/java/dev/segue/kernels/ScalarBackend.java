package dev.segue.kernels;

import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/// Plain loops, one thread: the specification that the other backends are tested against. Sums are
/// taken in double and rounded once.
final class ScalarBackend implements Backend {
  private final int blockElements;

  ScalarBackend() {
    this(HeapTensor.BLOCK_ELEMENTS);
  }

  /// Makes a backend whose tensors have blocks of at most `blockElements` elements, for tests.
  ScalarBackend(int blockElements) {
    this.blockElements = blockElements;
  }

  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public String description() {
    return "scalar (1 thread)";
  }

  @Override
  public Tensor allocate(int rows, int columns) {
    return new HeapTensor(rows, columns, blockElements);
  }

  @Override
  public void gatherRows(GatherRows op) {
    HeapTensor table = HeapTensor.of(op.table());
    HeapTensor out = HeapTensor.of(op.out());
    for (int i = 0; i < op.ids().length; i++) {
      for (int column = 0; column < out.columns(); column++) {
        out.set(i, column, table.get(op.ids()[i], column));
      }
    }
  }

  @Override
  public void scatterAddRows(ScatterAddRows op) {
    HeapTensor rows = HeapTensor.of(op.rows());
    HeapTensor target = HeapTensor.of(op.target());
    for (int i = 0; i < op.ids().length; i++) {
      for (int column = 0; column < rows.columns(); column++) {
        target.add(op.ids()[i], column, rows.get(i, column));
      }
    }
  }

  @Override
  public void gemm(Gemm op) {
    HeapTensor a = HeapTensor.of(op.a());
    HeapTensor b = HeapTensor.of(op.b());
    HeapTensor c = HeapTensor.of(op.c());
    for (int i = 0; i < op.m(); i++) {
      for (int j = 0; j < op.n(); j++) {
        double sum = op.bias() == null ? 0 : HeapTensor.of(op.bias()).get(0, j);
        for (int k = 0; k < op.k(); k++) {
          double left = op.transposeA() ? a.get(k, i) : a.get(i, k);
          double right = op.transposeB() ? b.get(j, k) : b.get(k, j);
          sum += left * right;
        }
        c.set(i, j, (float) (op.accumulate() ? c.get(i, j) + sum : sum));
      }
    }
  }

  @Override
  public void gruForward(GruForward op) {
    ScalarGru.forward(op);
  }

  @Override
  public void gruBackward(GruBackward op) {
    ScalarGru.backward(op);
  }

  @Override
  public DoubleSupplier softmaxCrossEntropy(SoftmaxCrossEntropy op) {
    double value = ScalarCrossEntropy.run(op);
    return () -> value;
  }

  @Override
  public DoubleSupplier sampledLoss(SampledLoss op) {
    double value = ScalarSampledLoss.run(op);
    return () -> value;
  }

  @Override
  public void adam(Adam op) {
    ScalarOptimiser.adam(op);
  }

  @Override
  public void adamRows(AdamRows op) {
    ScalarOptimiser.adamRows(op);
  }

  @Override
  public void adagrad(Adagrad op) {
    ScalarOptimiser.adagrad(op);
  }

  @Override
  public void adagradRows(AdagradRows op) {
    ScalarOptimiser.adagradRows(op);
  }

  @Override
  public DoubleSupplier clipByGlobalNorm(GradientClipping op) {
    double value = ScalarOptimiser.clip(op);
    return () -> value;
  }

  @Override
  public void dropout(Dropout op) {
    HeapTensor input = HeapTensor.of(op.input());
    HeapTensor output = HeapTensor.of(op.output());
    Philox uniforms = new Philox(op.seed(), op.stream());
    float scale = 1 / (1 - op.probability());
    for (int i = 0; i < input.rows(); i++) {
      for (int j = 0; j < input.columns(); j++) {
        boolean kept = uniforms.uniform((long) i * input.columns() + j) >= op.probability();
        output.set(i, j, kept ? input.get(i, j) * scale : 0);
      }
    }
  }

  @Override
  public void scores(Scores op) {
    ScalarRanking.scores(op);
  }

  @Override
  public RankingIndex rankingIndex(Tensor weights, @Nullable Tensor bias) {
    return new ExactIndex(weights, bias);
  }

  @Override
  public TopK topK(TopKSearch op) {
    return ScalarRanking.topK(op);
  }

  @Override
  public void close() {}
}
