package dev.segue.kernels;

import org.jspecify.annotations.Nullable;

/// Optimisers and clipping in plain loops. Formulas: [Adam], [Adagrad], [GradientClipping].
final class ScalarOptimiser {
  private ScalarOptimiser() {}

  static void adam(Adam op) {
    AdamStep step =
        new AdamStep(
            op.parameters(), op.firstMoment(), op.secondMoment(), op.settings(), op.step());
    forEachElement(op.gradients(), step::element);
    op.gradients().fill(0);
  }

  static void adamRows(AdamRows op) {
    AdamStep step =
        new AdamStep(
            op.parameters(), op.firstMoment(), op.secondMoment(), op.settings(), op.step());
    forEachElement(op.gradients(), step::element);
  }

  static void adagrad(Adagrad op) {
    AdagradStep step =
        new AdagradStep(op.parameters(), op.accumulator(), op.velocity(), op.settings());
    forEachElement(op.gradients(), step::element);
    op.gradients().fill(0);
  }

  static void adagradRows(AdagradRows op) {
    AdagradStep step =
        new AdagradStep(op.parameters(), op.accumulator(), op.velocity(), op.settings());
    forEachElement(op.gradients(), step::element);
  }

  static double clip(GradientClipping op) {
    double[] squares = new double[1];
    Element square = (_, _, gradient) -> squares[0] += gradient * gradient;
    op.gradients().forEach(tensor -> forEachElement(tensor, square));
    op.rows().forEach(rows -> forEachElement(rows, square));
    double norm = Math.sqrt(squares[0]);
    if (norm > op.bound()) {
      float factor = (float) (op.bound() / norm);
      op.gradients().forEach(tensor -> scale(tensor, factor));
      op.rows().forEach(rows -> rows.parts().forEach(part -> scale(part.values(), factor)));
    }
    return norm;
  }

  private static void scale(Tensor tensor, float factor) {
    HeapTensor heap = HeapTensor.of(tensor);
    forEachElement(
        tensor, (row, column, _) -> heap.set(row, column, heap.get(row, column) * factor));
  }

  /// Takes the gradient of one element.
  private interface Element {
    void take(int row, int column, double gradient);
  }

  private static void forEachElement(Tensor gradients, Element element) {
    HeapTensor heap = HeapTensor.of(gradients);
    for (int row = 0; row < heap.rows(); row++) {
      for (int column = 0; column < heap.columns(); column++) {
        element.take(row, column, heap.get(row, column));
      }
    }
  }

  private static void forEachElement(RowGradients gradients, Element element) {
    for (int group = 0; group < gradients.distinct(); group++) {
      int id = gradients.id(group);
      for (int column = 0; column < gradients.columns(); column++) {
        double gradient = gradients.sum(group, column);
        if (gradients.areElements()) {
          element.take(0, id, gradient);
        } else {
          element.take(id, column, gradient);
        }
      }
    }
  }

  private record AdamStep(Tensor parameters, Tensor first, Tensor second, Adam.Settings s, int t) {
    void element(int i, int j, double gradient) {
      HeapTensor m = HeapTensor.of(first);
      HeapTensor v = HeapTensor.of(second);
      m.set(i, j, (float) (s.beta1() * m.get(i, j) + (1 - s.beta1()) * gradient));
      v.set(i, j, (float) (s.beta2() * v.get(i, j) + (1 - s.beta2()) * gradient * gradient));
      double root = Math.sqrt(v.get(i, j) / (1 - Math.pow(s.beta2(), t))) + s.epsilon();
      double step = m.get(i, j) / (1 - Math.pow(s.beta1(), t)) / root;
      HeapTensor.of(parameters).add(i, j, (float) (-s.rate() * step));
    }
  }

  private record AdagradStep(
      Tensor parameters, Tensor accumulator, @Nullable Tensor velocity, Adagrad.Settings s) {
    void element(int i, int j, double gradient) {
      HeapTensor a = HeapTensor.of(accumulator);
      a.add(i, j, (float) (gradient * gradient));
      double change = -s.rate() * gradient / (Math.sqrt(a.get(i, j)) + s.epsilon());
      if (velocity != null) {
        HeapTensor w = HeapTensor.of(velocity);
        w.set(i, j, (float) (s.momentum() * w.get(i, j) + change));
        change = w.get(i, j);
      }
      HeapTensor.of(parameters).add(i, j, (float) change);
    }
  }
}
