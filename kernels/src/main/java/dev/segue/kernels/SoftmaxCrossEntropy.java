package dev.segue.kernels;

import org.jspecify.annotations.Nullable;

/// Arguments of [Backend#softmaxCrossEntropy], the output layer fused with its loss:
///
/// ```
/// logits = hidden · weightsᵀ + bias
/// loss_i = log Σ_j exp(logits_ij) − logits_i,target(i)
/// ```
///
/// The result is `Σ c_i loss_i`, c being the row weights. With gradients, the gradient of `scale ·
/// Σ c_i loss_i`: `d_i = scale · c_i · (softmax(logits_i) − onehot_i)`, then `hiddenGradient = d ·
/// weights`, `weightGradient += dᵀ · hidden`, `biasGradient += Σ_i d_i`.
///
/// @param hidden `N × H`
/// @param weights `V × H`
/// @param bias `1 × V`, or null
/// @param targets N item numbers
/// @param rowWeights c, N factors of the rows' losses, or an empty array for 1 each
/// @param scale factor of the gradients, usually 1/N; the returned loss is the unscaled sum
/// @param gradients null for the loss alone
public record SoftmaxCrossEntropy(
    Tensor hidden,
    Tensor weights,
    @Nullable Tensor bias,
    int[] targets,
    float[] rowWeights,
    float scale,
    @Nullable Gradients gradients) {

  /// Makes an operation in which all rows weigh the same.
  public SoftmaxCrossEntropy(
      Tensor hidden,
      Tensor weights,
      @Nullable Tensor bias,
      int[] targets,
      float scale,
      @Nullable Gradients gradients) {
    this(hidden, weights, bias, targets, Shapes.EQUAL_WEIGHTS, scale, gradients);
  }

  /// Returns the weight of a row.
  float rowWeight(int row) {
    return rowWeights.length == 0 ? 1 : rowWeights[row];
  }

  /// Where gradients go.
  ///
  /// @param hidden `N × H`, replaced
  /// @param weights `V × H`, added to
  /// @param bias `1 × V`, added to, or null
  public record Gradients(Tensor hidden, Tensor weights, @Nullable Tensor bias) {}

  /// Checks shapes and targets.
  public SoftmaxCrossEntropy {
    String op = "softmaxCrossEntropy";
    int items = weights.rows();
    int size = weights.columns();
    Shapes.ids(op, "targets", targets, items);
    Shapes.check(op, "hidden", hidden, targets.length, size);
    Shapes.rowWeights(op, rowWeights, targets.length);
    if (bias != null) {
      Shapes.check(op, "bias", bias, 1, items);
    }
    if (gradients != null) {
      Shapes.check(op, "hidden gradient", gradients.hidden(), targets.length, size);
      Shapes.check(op, "weight gradient", gradients.weights(), items, size);
      Tensor biasGradient = gradients.bias();
      if (biasGradient != null) {
        Shapes.check(op, "bias gradient", biasGradient, 1, items);
      }
    }
  }
}
