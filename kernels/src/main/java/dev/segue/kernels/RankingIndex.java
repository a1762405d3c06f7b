package dev.segue.kernels;

import org.jspecify.annotations.Nullable;

/// An output layer made ready for ranking by [Backend#rankingIndex]: the weights and the bias, and
/// beside them whatever lets [Backend#topK] leave out most of the reading. The answers are those of
/// the weights alone, bit for bit.
///
/// An index is immutable and may be used by any number of threads. It belongs to the backend that
/// made it, and neither the weights nor the bias may change while it is in use.
public sealed interface RankingIndex permits ExactIndex, QuantisedIndex {

  /// Returns the weights, `V × H`.
  Tensor weights();

  /// Returns the bias, `1 × V`, or null.
  @Nullable Tensor bias();

  /// Returns the bytes that it needs beside the weights and the bias.
  long sizeInBytes();
}
