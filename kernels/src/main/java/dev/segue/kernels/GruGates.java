package dev.segue.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/// The element-wise part of a GRU step for one row, fused: everything between the matrix products
/// is computed while it is in registers. Formulas: [GruForward], [GruBackward]. The end of a row
/// that fills no vector goes through masks.
final class GruGates {
  private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;
  private static final int COUNT = Lanes.COUNT;

  private final int size;
  private final int body;
  private final VectorMask<Float> rest;

  GruGates(int size) {
    this.size = size;
    this.body = SPECIES.loopBound(size);
    this.rest = SPECIES.indexInRange(body, size);
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
    int zAt = at + size;
    int nAt = zAt + size;
    int aAt = nAt + size;
    int zProductAt = productAt + size;
    int nProductAt = zProductAt + size;
    int biasAt = 2 * size;
    for (int i = 0; i < body; i += COUNT) {
      FloatVector r = VectorMath.sigmoid(load(gates, at + i).add(load(product, productAt + i)));
      FloatVector z = VectorMath.sigmoid(load(gates, zAt + i).add(load(product, zProductAt + i)));
      FloatVector a = load(product, nProductAt + i).add(load(resetBias, biasAt + i));
      FloatVector n = VectorMath.tanh(r.fma(a, load(gates, nAt + i)));
      r.intoArray(gates, at + i);
      z.intoArray(gates, zAt + i);
      n.intoArray(gates, nAt + i);
      a.intoArray(gates, aAt + i);
      z.fma(load(before, beforeAt + i).sub(n), n).intoArray(after, afterAt + i);
    }
    if (body < size) {
      int i = body;
      FloatVector r = VectorMath.sigmoid(rest(gates, at + i).add(rest(product, productAt + i)));
      FloatVector z = VectorMath.sigmoid(rest(gates, zAt + i).add(rest(product, zProductAt + i)));
      FloatVector a = rest(product, nProductAt + i).add(rest(resetBias, biasAt + i));
      FloatVector n = VectorMath.tanh(r.fma(a, rest(gates, nAt + i)));
      r.intoArray(gates, at + i, rest);
      z.intoArray(gates, zAt + i, rest);
      n.intoArray(gates, nAt + i, rest);
      a.intoArray(gates, aAt + i, rest);
      z.fma(rest(before, beforeAt + i).sub(n), n).intoArray(after, afterAt + i, rest);
    }
  }

  /// Takes the gradient that reaches a row's h' back through its gates.
  ///
  /// @param gates at `at`, 4H: r, z, n, a
  /// @param before h at `beforeAt`
  /// @param upstream at `upstreamAt`: the part of g that comes from this step's output
  /// @param carried at `carriedAt`: on entry the part of g from later steps; on return `g ⊙ z`
  /// @param gradients at `gradientsAt`, 4H: receives dn, dr, dz, da. In this order the gradients by
  ///   `W_h h` are neighbours (dr, dz, da), and one product takes them back
  void backward(
      float[] gates,
      int at,
      float[] before,
      int beforeAt,
      float[] upstream,
      int upstreamAt,
      float[] carried,
      int carriedAt,
      float[] gradients,
      int gradientsAt) {
    int zAt = at + size;
    int nAt = zAt + size;
    int aAt = nAt + size;
    int drAt = gradientsAt + size;
    int dzAt = drAt + size;
    int daAt = dzAt + size;
    for (int i = 0; i < body; i += COUNT) {
      FloatVector g = load(upstream, upstreamAt + i).add(load(carried, carriedAt + i));
      FloatVector r = load(gates, at + i);
      FloatVector z = load(gates, zAt + i);
      FloatVector n = load(gates, nAt + i);
      FloatVector gz = g.mul(z);
      gz.intoArray(carried, carriedAt + i);
      gz.mul(load(before, beforeAt + i).sub(n)).mul(oneMinus(z)).intoArray(gradients, dzAt + i);
      FloatVector dn = g.sub(gz).mul(n.neg().fma(n, one()));
      dn.intoArray(gradients, gradientsAt + i);
      FloatVector da = dn.mul(r);
      da.intoArray(gradients, daAt + i);
      da.mul(load(gates, aAt + i)).mul(oneMinus(r)).intoArray(gradients, drAt + i);
    }
    if (body < size) {
      int i = body;
      FloatVector g = rest(upstream, upstreamAt + i).add(rest(carried, carriedAt + i));
      FloatVector r = rest(gates, at + i);
      FloatVector z = rest(gates, zAt + i);
      FloatVector n = rest(gates, nAt + i);
      FloatVector gz = g.mul(z);
      gz.intoArray(carried, carriedAt + i, rest);
      FloatVector change = rest(before, beforeAt + i).sub(n);
      gz.mul(change).mul(oneMinus(z)).intoArray(gradients, dzAt + i, rest);
      FloatVector dn = g.sub(gz).mul(n.neg().fma(n, one()));
      dn.intoArray(gradients, gradientsAt + i, rest);
      FloatVector da = dn.mul(r);
      da.intoArray(gradients, daAt + i, rest);
      da.mul(rest(gates, aAt + i)).mul(oneMinus(r)).intoArray(gradients, drAt + i, rest);
    }
  }

  private static FloatVector load(float[] array, int at) {
    return FloatVector.fromArray(SPECIES, array, at);
  }

  private FloatVector rest(float[] array, int at) {
    return FloatVector.fromArray(SPECIES, array, at, rest);
  }

  private static FloatVector one() {
    return FloatVector.broadcast(SPECIES, 1);
  }

  private static FloatVector oneMinus(FloatVector x) {
    return one().sub(x);
  }
}
