package dev.segue.kernels;

import org.jspecify.annotations.Nullable;

/// Arguments of [Backend#topK]: the k items with the highest `hidden_i · weights_j + bias_j` for
/// each row i.
///
/// @param hidden `B × H`
/// @param index weights and bias, from [Backend#rankingIndex] of the same backend
/// @param k how many, at least 1; a row gets fewer when fewer items are allowed
/// @param excluded for each row the item numbers that must not appear, in any order, or null for
///   none
/// @param allowed if not null, a bit per item (`allowed[j >> 6] >>> j & 1`): only those may appear
public record TopKSearch(
    Tensor hidden,
    RankingIndex index,
    int k,
    int @Nullable [][] excluded,
    long @Nullable [] allowed) {

  /// Checks shapes. (Spelled out, because a compact constructor loses the annotations of arrays.)
  public TopKSearch(
      Tensor hidden,
      RankingIndex index,
      int k,
      int @Nullable [][] excluded,
      long @Nullable [] allowed) {
    Shapes.check("topK", "hidden", hidden, hidden.rows(), index.weights().columns());
    if (k < 1) {
      throw new IllegalArgumentException("topK: k, expected at least 1, got " + k);
    }
    if (excluded != null) {
      Shapes.equal("topK", "rows of excluded", hidden.rows(), excluded.length);
    }
    if (allowed != null) {
      int words = (index.weights().rows() + 63) >>> 6;
      Shapes.equal("topK", "words of allowed", words, allowed.length);
    }
    this.hidden = hidden;
    this.index = index;
    this.k = k;
    this.excluded = excluded;
    this.allowed = allowed;
  }

  /// Searches without an index, for weights that are ranked once or change between searches.
  ///
  /// @param weights `V × H`
  /// @param bias `1 × V`, or null
  public TopKSearch(
      Tensor hidden,
      Tensor weights,
      @Nullable Tensor bias,
      int k,
      int @Nullable [][] excluded,
      long @Nullable [] allowed) {
    this(hidden, new ExactIndex(weights, bias), k, excluded, allowed);
  }

  /// Returns the weights, `V × H`.
  public Tensor weights() {
    return index.weights();
  }

  /// Returns the bias, `1 × V`, or null.
  public @Nullable Tensor bias() {
    return index.bias();
  }
}
