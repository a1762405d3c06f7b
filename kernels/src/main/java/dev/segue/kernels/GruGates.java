package dev.segue.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// The element-wise part of a GRU step for one row, which stays in the first cache between the
/// loops. Formulas: [GruForward], [GruBackward].
///
/// Each loop is small and calls nothing but the Vector API, so that the compiler always keeps its
/// vectors in registers; the rest of a row is computed one by one with the same roundings.
final class GruGates {
  private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;
  private static final int COUNT = Lanes.COUNT;

  private final int size;
  private final int body;

  GruGates(int size) {
    this.size = size;
    this.body = SPECIES.loopBound(size);
  }

  /// Turns a row's products into its gates and h'.
  ///
  /// @param gates at `at`, 4H: on entry `W_i x` and all biases but b_hn; on return r, z, n, a
  /// @param product at `productAt`, 3H: `W_h h`
  /// @param resetBias b_hn at `2H`
  /// @param before h at `beforeAt`
  /// @param after receives h' at `afterAt`
  void forward(
      float[] gates,
      int at,
      float[] product,
      int productAt,
      float[] resetBias,
      float[] before,
      int beforeAt,
      float[] after,
      int afterAt) {
    VectorRows.add(product, productAt, gates, at, 2 * size);
    VectorMath.sigmoid(gates, at, 2 * size);
    reset(gates, at, product, productAt + 2 * size, resetBias);
    VectorMath.tanh(gates, at + 2 * size, size);
    update(gates, at, before, beforeAt, after, afterAt);
  }

  /// `a = product + b_hn`, and `W_in x + r ⊙ a` in the place of n.
  private void reset(float[] gates, int at, float[] product, int productAt, float[] resetBias) {
    int nAt = at + 2 * size;
    int aAt = at + 3 * size;
    int biasAt = 2 * size;
    for (int i = 0; i < body; i += COUNT) {
      FloatVector a =
          FloatVector.fromArray(SPECIES, product, productAt + i)
              .add(FloatVector.fromArray(SPECIES, resetBias, biasAt + i));
      a.intoArray(gates, aAt + i);
      FloatVector.fromArray(SPECIES, gates, at + i)
          .fma(a, FloatVector.fromArray(SPECIES, gates, nAt + i))
          .intoArray(gates, nAt + i);
    }
    for (int i = body; i < size; i++) {
      gates[aAt + i] = product[productAt + i] + resetBias[biasAt + i];
      gates[nAt + i] = Math.fma(gates[at + i], gates[aAt + i], gates[nAt + i]);
    }
  }

  /// `h' = n + z ⊙ (h − n)`.
  private void update(
      float[] gates, int at, float[] before, int beforeAt, float[] after, int afterAt) {
    int zAt = at + size;
    int nAt = zAt + size;
    for (int i = 0; i < body; i += COUNT) {
      FloatVector n = FloatVector.fromArray(SPECIES, gates, nAt + i);
      FloatVector change = FloatVector.fromArray(SPECIES, before, beforeAt + i).sub(n);
      FloatVector.fromArray(SPECIES, gates, zAt + i).fma(change, n).intoArray(after, afterAt + i);
    }
    for (int i = body; i < size; i++) {
      float n = gates[nAt + i];
      after[afterAt + i] = Math.fma(gates[zAt + i], before[beforeAt + i] - n, n);
    }
  }

  /// Takes the gradient that reaches a row's h' back through its gates.
  ///
  /// @param gates at `at`, 4H: on entry r, z, n, a; on return the gradients dn, dr, dz, da. In this
  ///   order the gradients by `W_h h` are neighbours (dr, dz, da), and one product takes them back
  /// @param before h at `beforeAt`
  /// @param upstream at `upstreamAt`: the part of g that comes from this step's output
  /// @param carried at `carriedAt`: on entry the part of g from later steps; on return `g ⊙ z`
  void backward(
      float[] gates,
      int at,
      float[] before,
      int beforeAt,
      float[] upstream,
      int upstreamAt,
      float[] carried,
      int carriedAt) {
    int zAt = at + size;
    int nAt = zAt + size;
    int aAt = nAt + size;
    FloatVector one = FloatVector.broadcast(SPECIES, 1);
    for (int i = 0; i < body; i += COUNT) {
      FloatVector g =
          FloatVector.fromArray(SPECIES, upstream, upstreamAt + i)
              .add(FloatVector.fromArray(SPECIES, carried, carriedAt + i));
      FloatVector r = FloatVector.fromArray(SPECIES, gates, at + i);
      FloatVector z = FloatVector.fromArray(SPECIES, gates, zAt + i);
      FloatVector n = FloatVector.fromArray(SPECIES, gates, nAt + i);
      FloatVector a = FloatVector.fromArray(SPECIES, gates, aAt + i);
      FloatVector gz = g.mul(z);
      gz.intoArray(carried, carriedAt + i);
      FloatVector change = FloatVector.fromArray(SPECIES, before, beforeAt + i).sub(n);
      gz.mul(change).mul(one.sub(z)).intoArray(gates, nAt + i);
      FloatVector dn = g.sub(gz).mul(n.neg().fma(n, one));
      dn.intoArray(gates, at + i);
      FloatVector da = dn.mul(r);
      da.intoArray(gates, aAt + i);
      da.mul(a).mul(one.sub(r)).intoArray(gates, zAt + i);
    }
    for (int i = body; i < size; i++) {
      float g = upstream[upstreamAt + i] + carried[carriedAt + i];
      float r = gates[at + i];
      float z = gates[zAt + i];
      float n = gates[nAt + i];
      float a = gates[aAt + i];
      float gz = g * z;
      carried[carriedAt + i] = gz;
      gates[nAt + i] = gz * (before[beforeAt + i] - n) * (1 - z);
      float dn = (g - gz) * Math.fma(-n, n, 1);
      gates[at + i] = dn;
      gates[aAt + i] = dn * r;
      gates[zAt + i] = dn * r * a * (1 - r);
    }
  }
}
