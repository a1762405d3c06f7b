package dev.segue.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The contract, and a comparison with the scalar backend on both sides of every lane and tile
/// edge, for a backend that is not the scalar one.
abstract class TwinContract extends BackendContract implements SampledTwinContract {
  /// Sizes on both sides of every lane edge of 128, 256 and 512 bits, and past them.
  static final List<Integer> SIZES =
      List.of(1, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 100, 1000);

  private final Backend scalar = new ScalarBackend();

  @BeforeEach
  void refuseToCompareAClassWithItself() {
    assertThat(backend()).isNotInstanceOf(ScalarBackend.class);
  }

  @ParameterizedTest
  @FieldSource("SIZES")
  void gemmMatchesScalarAtEveryTail(int size) {
    compareGemm(size, 19, 5);
    compareGemm(13, size, 7);
    compareGemm(7, 35, size);
  }

  /// Past every block of the blocked product: 192 rows, 1024 columns, sums of 256.
  @Test
  void gemmMatchesScalarPastEveryBlock() {
    compareGemm(200, 1030, 20);
    compareGemm(3, 33, 600);
  }

  private void compareGemm(int m, int n, int k) {
    for (int variant = 0; variant < 8; variant++) {
      boolean transposeA = (variant & 1) != 0;
      boolean transposeB = (variant & 2) != 0;
      boolean accumulate = (variant & 4) != 0;
      float[][] products = new float[2][];
      for (int side = 0; side < 2; side++) {
        Backend backend = side == 0 ? backend() : scalar;
        Tensor a = Contract.normal(backend, transposeA ? k : m, transposeA ? m : k, 1, 1);
        Tensor b = Contract.normal(backend, transposeB ? n : k, transposeB ? k : n, 1, 2);
        Tensor c = Contract.normal(backend, m, n, 1, 3);
        Tensor bias = accumulate ? Contract.normal(backend, 1, n, 1, 4) : null;
        backend.gemm(new Gemm(a, transposeA, b, transposeB, c, bias, accumulate));
        products[side] = c.toArray();
      }
      String what = "%d × %d × %d, variant %d".formatted(m, n, k, variant);
      Tolerance.assertClose(what, products[0], products[1], k);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 100})
  void gruMatchesScalarAtEveryTail(int size) {
    compareGru(7, size, true, 6, 5, 5, 3, 1, 1);
    compareGru(size, 18, false, 4, 4, 1);
    compareGru(5, size, false, 3);
  }

  /// Past the blocks of 256 in the sums of the recurrent product, with many sequences.
  @Test
  void gruMatchesScalarPastEveryBlock() {
    compareGru(20, 270, true, 2, 2, 1);
    int[] lengths = new int[30];
    for (int i = 0; i < lengths.length; i++) {
      lengths[i] = 1 + (lengths.length - i) / 4;
    }
    compareGru(9, 21, true, lengths);
  }

  private void compareGru(int inputSize, int size, boolean withInitial, int... lengths) {
    GruRun expected = new GruRun(scalar, inputSize, size, withInitial, lengths);
    GruRun actual = new GruRun(backend(), inputSize, size, withInitial, lengths);
    int length = inputSize + size * lengths[0] + 4 * lengths.length;
    actual
        .results()
        .forEach((name, values) -> {
          String what = "%s of H %d, E %d".formatted(name, size, inputSize);
          Tolerance.assertClose(what, values, expected.result(name), length);
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 15, 16, 17, 31, 32, 33, 100, 255, 256, 257, 1000, 5000})
  void crossEntropyMatchesScalarAtEveryNumberOfItems(int items) {
    compareCrossEntropy(13, items, 19);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 11, 12, 13, 191, 192, 193, 400})
  void crossEntropyMatchesScalarAtEveryNumberOfRows(int rows) {
    compareCrossEntropy(rows, 300, 17);
  }

  @ParameterizedTest
  @FieldSource("SIZES")
  void crossEntropyMatchesScalarAtEveryHiddenSize(int size) {
    compareCrossEntropy(14, 270, size);
  }

  private void compareCrossEntropy(int rows, int items, int size) {
    double[] losses = new double[2];
    float[][][] gradients = new float[2][][];
    for (int side = 0; side < 2; side++) {
      Backend backend = side == 0 ? backend() : scalar;
      Tensor biasGradient = backend.allocate(1, items);
      var target =
          new SoftmaxCrossEntropy.Gradients(
              Contract.normal(backend, rows, size, 1, 4),
              backend.allocate(items, size),
              biasGradient);
      losses[side] =
          backend
              .softmaxCrossEntropy(
                  new SoftmaxCrossEntropy(
                      Contract.normal(backend, rows, size, 1, 1),
                      Contract.normal(backend, items, size, 1 / Math.sqrt(size), 2),
                      Contract.normal(backend, 1, items, 1, 3),
                      Contract.ids(rows, items, 5),
                      1f / rows,
                      target))
              .getAsDouble();
      gradients[side] =
          new float[][] {
            target.hidden().toArray(), target.weights().toArray(), biasGradient.toArray()
          };
    }
    int length = size + items + rows;
    assertThat(losses[0])
        .isCloseTo(losses[1], within(Tolerance.of(length, Math.max(1, losses[1]))));
    if (items > 1) {
      Tolerance.assertClose("hidden", gradients[0][0], gradients[1][0], length);
      Tolerance.assertClose("weights", gradients[0][1], gradients[1][1], length);
      Tolerance.assertClose("bias", gradients[0][2], gradients[1][2], length);
    }
  }

  @ParameterizedTest
  @FieldSource("SIZES")
  void rowsMatchScalarAtEveryTail(int columns) {
    int[] ids = Contract.ids(20, 7, 3);
    float[][] results = new float[2][];
    float[][] sums = new float[2][];
    for (int side = 0; side < 2; side++) {
      Backend backend = side == 0 ? backend() : scalar;
      Tensor table = Contract.normal(backend, 7, columns, 1, 1);
      Tensor rows = backend.allocate(20, columns);
      backend.gatherRows(new GatherRows(table, ids, rows));
      results[side] = rows.toArray();
      backend.scatterAddRows(new ScatterAddRows(rows, ids, table));
      sums[side] = table.toArray();
    }
    assertThat(results[0]).containsExactly(results[1]);
    assertThat(sums[0]).containsExactly(sums[1]);
  }

  @ParameterizedTest
  @FieldSource("SIZES")
  void optimiserMatchesScalarAtEveryTail(int columns) {
    float[][] parameters = new float[2][];
    float[][] moments = new float[2][];
    double[] norms = new double[2];
    for (int side = 0; side < 2; side++) {
      Backend backend = side == 0 ? backend() : scalar;
      Tensor p = Contract.normal(backend, 3, columns, 1, 1);
      Tensor m = Contract.normal(backend, 3, columns, 0.1, 2);
      Tensor v = backend.allocate(3, columns);
      for (int step = 1; step <= 3; step++) {
        Tensor g = Contract.normal(backend, 3, columns, 1, 3 + step);
        norms[side] += backend.clipByGlobalNorm(new GradientClipping(List.of(g), 1)).getAsDouble();
        backend.adam(new Adam(p, g, m, v, Adam.Settings.ofRate(0.01), step));
        assertThat(g.toArray()).containsOnly(0);
      }
      parameters[side] = p.toArray();
      moments[side] = v.toArray();
    }
    assertThat(norms[0]).isCloseTo(norms[1], within(Tolerance.of(3 * columns, norms[1])));
    Tolerance.assertClose("parameters", parameters[0], parameters[1], 3);
    Tolerance.assertClose("second moment", moments[0], moments[1], 3);
  }

  @ParameterizedTest
  @FieldSource("SIZES")
  void scoresMatchScalarAtEveryTail(int size) {
    compareScores(5, 37, size);
    compareScores(1, 300, size);
    compareScores(9, size, 19);
  }

  private void compareScores(int rows, int items, int size) {
    float[][] scores = new float[2][rows * items];
    for (int side = 0; side < 2; side++) {
      Backend backend = side == 0 ? backend() : scalar;
      Tensor hidden = Contract.normal(backend, rows, size, 1, 1);
      Tensor weights = Contract.normal(backend, items, size, 1, 2);
      Tensor bias = Contract.normal(backend, 1, items, 1, 3);
      backend.scores(new Scores(hidden, weights, bias, scores[side]));
    }
    Tolerance.assertClose("scores", scores[0], scores[1], size);
  }

  /// The scalar backend sums in double, this one in float: over enough terms some bits differ.
  /// Equal bits would mean that the plain loops ran.
  @Test
  void theFastPathIsNotTheScalarOne() {
    float[] fast = product(backend());
    float[] plain = product(scalar);
    assertThat(fast).isNotEqualTo(plain);
    GruRun fastGru = new GruRun(backend(), 50, 60, 8, 8, 8);
    GruRun plainGru = new GruRun(scalar, 50, 60, 8, 8, 8);
    fastGru
        .results()
        .forEach((name, values) -> assertThat(values).as(name).isNotEqualTo(plainGru.result(name)));
    SampledLoss.Objective softmax = new SampledLoss.Softmax();
    SampledRun fastLoss = new SampledRun(backend(), softmax, 40, 300, 200, 60);
    SampledRun plainLoss = new SampledRun(scalar, softmax, 40, 300, 200, 60);
    fastLoss
        .results()
        .forEach(
            (name, values) -> assertThat(values).as(name).isNotEqualTo(plainLoss.result(name)));
    float[] fastScores = scores(backend());
    assertThat(fastScores).isNotEqualTo(scores(scalar));
  }

  private static float[] product(Backend backend) {
    Tensor c = backend.allocate(40, 40);
    Tensor a = Contract.normal(backend, 40, 300, 1, 1);
    Tensor b = Contract.normal(backend, 300, 40, 1, 2);
    backend.gemm(new Gemm(a, false, b, false, c, null, false));
    return c.toArray();
  }

  private static float[] scores(Backend backend) {
    float[] scores = new float[1000];
    Tensor hidden = Contract.normal(backend, 1, 300, 1, 1);
    Tensor weights = Contract.normal(backend, 1000, 300, 1, 2);
    backend.scores(new Scores(hidden, weights, null, scores));
    return scores;
  }
}
