package dev.segue.kernels;

import org.jspecify.annotations.Nullable;

/// Arguments of [Backend#sampledLoss], the output layer for C columns instead of all V items, fused
/// with its loss. Column `i < N` is the target of row i; the columns after these are negatives that
/// all rows share.
///
/// ```
/// r_ij = hidden_i · weights_item(j) + bias_item(j) − correction_j
/// ```
///
/// For row i the positive is `r_ii`, and the negatives are all columns `j ≠ i` whose item is not
/// the row's target: the targets of the other rows and the shared ones. A column that hit the
/// target by accident takes no part in the row and gets no gradient from it.
///
/// The result is `Σ c_i loss_i`, c being the row weights. With gradients, those of `scale · Σ c_i
/// loss_i`. The gradient of the item weights has one row for each column; items that stand in
/// several columns have several, to be summed by [RowGradients].
///
/// @param hidden `N × H`
/// @param weights `V × H`
/// @param bias `1 × V`, or null
/// @param items C item numbers, `C ≥ N`; the first N are the targets
/// @param corrections C numbers, usually the log of how often a column's item is expected among the
///   columns (logQ), or an empty array for none
/// @param objective what is minimised
/// @param rowWeights c, N factors of the rows' losses, or an empty array for 1 each
/// @param scale factor of the gradients, usually 1/N; the returned loss is the unscaled sum
/// @param gradients null for the loss alone
public record SampledLoss(
    Tensor hidden,
    Tensor weights,
    @Nullable Tensor bias,
    int[] items,
    float[] corrections,
    Objective objective,
    float[] rowWeights,
    float scale,
    @Nullable Gradients gradients) {

  /// Makes an operation in which all rows weigh the same.
  public SampledLoss(
      Tensor hidden,
      Tensor weights,
      @Nullable Tensor bias,
      int[] items,
      float[] corrections,
      Objective objective,
      float scale,
      @Nullable Gradients gradients) {
    this(
        hidden,
        weights,
        bias,
        items,
        corrections,
        objective,
        Shapes.EQUAL_WEIGHTS,
        scale,
        gradients);
  }

  /// Returns the weight of a row.
  float rowWeight(int row) {
    return rowWeights.length == 0 ? 1 : rowWeights[row];
  }

  /// What a row's loss is. A row without negatives has loss 0.
  public sealed interface Objective permits Softmax, BprMax {}

  /// Softmax cross-entropy of the positive among itself and the negatives:
  ///
  /// ```
  /// loss_i = log(exp(r_ii) + Σ_j exp(r_ij)) − r_ii
  /// ```
  ///
  /// With the log of expected counts as corrections it estimates the softmax over all items without
  /// a bias that the choice of negatives would bring. Source: Bengio and Senécal, "Adaptive
  /// importance sampling to accelerate training of a neural probabilistic language model", 2008;
  /// for in-batch columns Yi et al., "Sampling-bias-corrected neural modeling for large corpus item
  /// recommendations", RecSys 2019.
  public record Softmax() implements Objective {}

  /// BPR-max with score regularisation, s being the softmax over the negatives alone:
  ///
  /// ```
  /// loss_i = −log Σ_j s_j σ(r_ii − r_ij) + λ Σ_j s_j r_ij²      s_j = exp(r_ij) / Σ_k exp(r_ik)
  /// ```
  ///
  /// Scores may first pass through `elu(x) = x` for `x > 0`, else `a (eˣ − 1)`. The sum of the
  /// first term is taken as `exp(min(r_ii, r_ij))` over common factors, so it is never zero.
  /// Source: Hidasi and Karatzoglou, "Recurrent neural networks with top-k gains for session-based
  /// recommendations", CIKM 2018, equations 9 to 12.
  ///
  /// @param regularisation λ, at least 0
  /// @param elu a, at least 0; 0 leaves scores as they are
  public record BprMax(double regularisation, double elu) implements Objective {
    /// Checks the constants.
    public BprMax {
      if (!(regularisation >= 0 && elu >= 0)) {
        throw new IllegalArgumentException(
            "sampledLoss: constants of BPR-max, expected 0 or more, got λ = %s and a = %s"
                .formatted(regularisation, elu));
      }
    }
  }

  /// Where gradients go.
  ///
  /// @param hidden `N × H`, replaced
  /// @param rows `C × H`, replaced: the gradient of the weights of each column's item
  /// @param bias `1 × C`, replaced, or null
  public record Gradients(Tensor hidden, Tensor rows, @Nullable Tensor bias) {}

  /// Checks shapes and items.
  public SampledLoss {
    String op = "sampledLoss";
    int size = weights.columns();
    Shapes.ids(op, "items", items, weights.rows());
    Shapes.check(op, "hidden", hidden, hidden.rows(), size);
    if (items.length < hidden.rows()) {
      throw new IllegalArgumentException(
          "sampledLoss: too few items, expected a target for each of %d rows first, got %d"
              .formatted(hidden.rows(), items.length));
    }
    if (bias != null) {
      Shapes.check(op, "bias", bias, 1, weights.rows());
    }
    if (corrections.length > 0) {
      Shapes.equal(op, "corrections and items differ", items.length, corrections.length);
      if (objective instanceof BprMax) {
        throw new IllegalArgumentException(
            "sampledLoss: BPR-max takes scores as they are, expected no corrections, got "
                + corrections.length);
      }
    }
    Shapes.rowWeights(op, rowWeights, hidden.rows());
    if (gradients != null) {
      Shapes.check(op, "hidden gradient", gradients.hidden(), hidden.rows(), size);
      Shapes.check(op, "row gradient", gradients.rows(), items.length, size);
      Tensor biasGradient = gradients.bias();
      if (biasGradient != null) {
        Shapes.check(op, "bias gradient", biasGradient, 1, items.length);
      }
    }
  }
}
