package dev.segue.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// The inner loops of the optimisers over neighbouring elements of arrays. Formulas: [Adam],
/// [Adagrad].
final class OptimiserLoops {
  private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;

  private OptimiserLoops() {}

  /// Constants of one step of Adam, folded: `p −= size · m / (√v · rootScale + ε)`.
  record AdamStep(
      float beta1, float rest1, float beta2, float rest2, float size, float rootScale, float eps) {

    static AdamStep of(Adam.Settings s, int step) {
      return new AdamStep(
          (float) s.beta1(),
          (float) (1 - s.beta1()),
          (float) s.beta2(),
          (float) (1 - s.beta2()),
          (float) (s.rate() / (1 - Math.pow(s.beta1(), step))),
          (float) (1 / Math.sqrt(1 - Math.pow(s.beta2(), step))),
          (float) s.epsilon());
    }
  }

  static void adam(
      AdamStep s,
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
  }

  static void adagrad(
      Adagrad.Settings s, float[] p, int pAt, float[] g, int gAt, float[] a, int aAt, int count) {
    float rate = (float) -s.rate();
    float eps = (float) s.epsilon();
    int body = SPECIES.loopBound(count);
    FloatVector rates = FloatVector.broadcast(SPECIES, rate);
    for (int i = 0; i < body; i += Lanes.COUNT) {
      FloatVector gradient = FloatVector.fromArray(SPECIES, g, gAt + i);
      FloatVector squares = gradient.fma(gradient, FloatVector.fromArray(SPECIES, a, aAt + i));
      squares.intoArray(a, aAt + i);
      gradient
          .div(squares.lanewise(VectorOperators.SQRT).add(eps))
          .fma(rates, FloatVector.fromArray(SPECIES, p, pAt + i))
          .intoArray(p, pAt + i);
    }
    for (int i = body; i < count; i++) {
      float gradient = g[gAt + i];
      a[aAt + i] = Math.fma(gradient, gradient, a[aAt + i]);
      float change = gradient / ((float) Math.sqrt(a[aAt + i]) + eps);
      p[pAt + i] = Math.fma(change, rate, p[pAt + i]);
    }
  }

  static void adagradWithMomentum(
      Adagrad.Settings s,
      float[] p,
      int pAt,
      float[] g,
      int gAt,
      float[] a,
      int aAt,
      float[] w,
      int wAt,
      int count) {
    float rate = (float) -s.rate();
    float eps = (float) s.epsilon();
    float momentum = (float) s.momentum();
    int body = SPECIES.loopBound(count);
    FloatVector rates = FloatVector.broadcast(SPECIES, rate);
    for (int i = 0; i < body; i += Lanes.COUNT) {
      FloatVector gradient = FloatVector.fromArray(SPECIES, g, gAt + i);
      FloatVector squares = gradient.fma(gradient, FloatVector.fromArray(SPECIES, a, aAt + i));
      squares.intoArray(a, aAt + i);
      FloatVector velocity =
          gradient
              .div(squares.lanewise(VectorOperators.SQRT).add(eps))
              .fma(rates, FloatVector.fromArray(SPECIES, w, wAt + i).mul(momentum));
      velocity.intoArray(w, wAt + i);
      FloatVector.fromArray(SPECIES, p, pAt + i).add(velocity).intoArray(p, pAt + i);
    }
    for (int i = body; i < count; i++) {
      float gradient = g[gAt + i];
      a[aAt + i] = Math.fma(gradient, gradient, a[aAt + i]);
      float change = gradient / ((float) Math.sqrt(a[aAt + i]) + eps);
      w[wAt + i] = Math.fma(change, rate, w[wAt + i] * momentum);
      p[pAt + i] += w[wAt + i];
    }
  }
}
