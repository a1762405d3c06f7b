package dev.segue.kernels;

import org.jspecify.annotations.Nullable;

/// Arguments of [Backend#softmaxCrossEntropy], the output layer fused with its loss:
///
/// ```
/// logits = hidden · weightsᵀ + bias
/// loss_i = log Σ_j exp(logits_ij) − logits_i,target(i)
/// ```
///
/// With gradients, the gradient of `scale · Σ loss_i`: `d = scale · (softmax(logits) − onehot)`,
/// then `hiddenGradient = d · weights`, `weightGradient += dᵀ · hidden`, `biasGradient += Σ_i d_i`.
///
/// @param hidden `N × H`
/// @param weights `V × H`
/// @param bias `1 × V`, or null
/// @param targets N item numbers
/// @param scale factor of the gradients, usually 1/N; the returned loss is the unscaled sum
/// @param gradients null for the loss alone
public record SoftmaxCrossEntropy(
    Tensor hidden,
    Tensor weights,
    @Nullable Tensor bias,
    int[] targets,
    float scale,
    @Nullable Gradients gradients) {

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
