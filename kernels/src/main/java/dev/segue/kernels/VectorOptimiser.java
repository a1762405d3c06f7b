package dev.segue.kernels;

import java.util.Arrays;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Adam and gradient clipping, each in one parallel pass over memory. Formulas: [Adam],
/// [GradientClipping].
final class VectorOptimiser {
  private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;

  /// Rows are summed in groups of about this many elements; the groups do not depend on the
  /// threads.
  private static final int GROUP_ELEMENTS = 1 << 16;

  private final Workers workers;

  VectorOptimiser(Workers workers) {
    this.workers = workers;
  }

  /// Constants of one step, folded: `p −= stepSize · m / (√v · rootScale + ε)`.
  private record Step(
      float beta1, float rest1, float beta2, float rest2, float size, float rootScale, float eps) {

    static Step of(Adam op) {
      Adam.Settings s = op.settings();
      return new Step(
          (float) s.beta1(),
          (float) (1 - s.beta1()),
          (float) s.beta2(),
          (float) (1 - s.beta2()),
          (float) (s.rate() / (1 - Math.pow(s.beta1(), op.step()))),
          (float) (1 / Math.sqrt(1 - Math.pow(s.beta2(), op.step()))),
          (float) s.epsilon());
    }
  }

  void adam(Adam op) {
    HeapTensor p = HeapTensor.of(op.parameters());
    HeapTensor g = HeapTensor.of(op.gradients());
    HeapTensor m = HeapTensor.of(op.firstMoment());
    HeapTensor v = HeapTensor.of(op.secondMoment());
    Step step = Step.of(op);
    int parts = workers.parts(p.size() * 8);
    workers.run(
        parts,
        part -> {
          int end = VectorGemm.cut(p.rows(), part + 1, parts, 1);
          for (int row = VectorGemm.cut(p.rows(), part, parts, 1); row < end; ) {
            int rows = end - row;
            for (HeapTensor tensor : new HeapTensor[] {p, g, m, v}) {
              rows = Math.min(rows, tensor.rowsInBlock(row));
            }
            adam(
                step,
                p.array(row),
                p.offset(row),
                g.array(row),
                g.offset(row),
                m.array(row),
                m.offset(row),
                v.array(row),
                v.offset(row),
                rows * p.columns());
            row += rows;
          }
        });
  }

  private static void adam(
      Step s,
      float[] p,
      int pAt,
      float[] g,
      int gAt,
      float[] m,
      int mAt,
      float[] v,
      int vAt,
      int count) {
    int body = SPECIES.loopBound(count);
    FloatVector beta1 = FloatVector.broadcast(SPECIES, s.beta1);
    FloatVector beta2 = FloatVector.broadcast(SPECIES, s.beta2);
    FloatVector rootScale = FloatVector.broadcast(SPECIES, s.rootScale);
    FloatVector epsilon = FloatVector.broadcast(SPECIES, s.eps);
    FloatVector size = FloatVector.broadcast(SPECIES, -s.size);
    for (int i = 0; i < body; i += Lanes.COUNT) {
      FloatVector gradient = FloatVector.fromArray(SPECIES, g, gAt + i);
      FloatVector first =
          FloatVector.fromArray(SPECIES, m, mAt + i).fma(beta1, gradient.mul(s.rest1));
      FloatVector second =
          FloatVector.fromArray(SPECIES, v, vAt + i)
              .fma(beta2, gradient.mul(gradient).mul(s.rest2));
      FloatVector root = second.lanewise(VectorOperators.SQRT).fma(rootScale, epsilon);
      first.div(root).fma(size, FloatVector.fromArray(SPECIES, p, pAt + i)).intoArray(p, pAt + i);
      first.intoArray(m, mAt + i);
      second.intoArray(v, vAt + i);
    }
    for (int i = body; i < count; i++) {
      float gradient = g[gAt + i];
      m[mAt + i] = Math.fma(m[mAt + i], s.beta1, gradient * s.rest1);
      v[vAt + i] = Math.fma(v[vAt + i], s.beta2, gradient * gradient * s.rest2);
      float root = Math.fma((float) Math.sqrt(v[vAt + i]), s.rootScale, s.eps);
      p[pAt + i] = Math.fma(m[mAt + i] / root, -s.size, p[pAt + i]);
    }
    Arrays.fill(g, gAt, gAt + count, 0);
  }

  double clip(GradientClipping op) {
    double squares = 0;
    for (Tensor tensor : op.gradients()) {
      squares += sumOfSquares(HeapTensor.of(tensor));
    }
    double norm = Math.sqrt(squares);
    if (norm > op.bound()) {
      scale(op.gradients(), (float) (op.bound() / norm));
    }
    return norm;
  }

  /// Sums each group of rows by itself and the groups in order.
  private double sumOfSquares(HeapTensor tensor) {
    int groupRows = Math.max(1, GROUP_ELEMENTS / Math.max(1, tensor.columns()));
    int groups = (tensor.rows() + groupRows - 1) / groupRows;
    double[] sums = new double[groups];
    workers.run(
        groups,
        group -> {
          int end = Math.min(tensor.rows(), (group + 1) * groupRows);
          for (int row = group * groupRows; row < end; row++) {
            sums[group] += sumOfSquares(tensor.array(row), tensor.offset(row), tensor.columns());
          }
        });
    double sum = 0;
    for (double part : sums) {
      sum += part;
    }
    return sum;
  }

  /// Four chains hide the latency of the additions.
  private static double sumOfSquares(float[] array, int from, int count) {
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    int i = from;
    for (; i + 4 <= from + count; i += 4) {
      sum0 += (double) array[i] * array[i];
      sum1 += (double) array[i + 1] * array[i + 1];
      sum2 += (double) array[i + 2] * array[i + 2];
      sum3 += (double) array[i + 3] * array[i + 3];
    }
    for (; i < from + count; i++) {
      sum0 += (double) array[i] * array[i];
    }
    return (sum0 + sum1) + (sum2 + sum3);
  }

  private void scale(List<Tensor> tensors, float factor) {
    for (Tensor each : tensors) {
      HeapTensor tensor = HeapTensor.of(each);
      int parts = workers.parts(tensor.size());
      workers.run(
          parts,
          part -> {
            int end = VectorGemm.cut(tensor.rows(), part + 1, parts, 1);
            for (int row = VectorGemm.cut(tensor.rows(), part, parts, 1); row < end; row++) {
              float[] array = tensor.array(row);
              int to = tensor.offset(row) + tensor.columns();
              for (int i = tensor.offset(row); i < to; i++) {
                array[i] *= factor;
              }
            }
          });
    }
  }
}
