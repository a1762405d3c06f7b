package dev.segue.kernels;

import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/// A device and the operations that it offers.
///
/// Operations are synchronous as seen by the caller: when one returns, its outputs can be read. The
/// numbers that losses and norms give are suppliers: on a GPU whoever asks for one waits for the
/// work so far, and a training step that asks at its end is one piece of work. A backend is used by
/// one thread at a time, but for [#rankingIndex], [#topK], [#scores], [#gruForward] and
/// [#gatherRows], which any number of threads may call at once as long as their outputs differ
/// (serving does). The same inputs give the same outputs, bit for bit, whatever the number of
/// threads.
public sealed interface Backend extends AutoCloseable
    permits ScalarBackend, VectorBackend, CudaBackend {

  /// Returns `scalar`, `vector` or `cuda`.
  String name();

  /// Returns one line about the device, for logs and provenance: `vector (512 bits, 2 threads)`.
  String description();

  /// Allocates a tensor of zeros.
  Tensor allocate(int rows, int columns);

  /// Copies `values`, row-major, into a new tensor.
  default Tensor tensor(int rows, int columns, float... values) {
    Tensor tensor = allocate(rows, columns);
    tensor.write(0, java.nio.FloatBuffer.wrap(values));
    return tensor;
  }

  /// Rows of a table by id: `out[i] = table[ids[i]]`.
  void gatherRows(GatherRows operation);

  /// Adds gradient rows to a dense gradient: `target[ids[i]] += rows[i]`, repeated ids summed in
  /// order of `i`.
  void scatterAddRows(ScatterAddRows operation);

  /// Matrix product with optional transposes, accumulation and bias.
  void gemm(Gemm operation);

  /// GRU over a packed batch of sequences.
  void gruForward(GruForward operation);

  /// Gradients of [#gruForward] through time.
  void gruBackward(GruBackward operation);

  /// Softmax cross-entropy over all items fused with the output layer; returns the sum of the
  /// losses in nats. The `N × V` logits never exist at once.
  DoubleSupplier softmaxCrossEntropy(SoftmaxCrossEntropy operation);

  /// Softmax cross-entropy over sampled items with the logQ correction, or BPR-max, fused with the
  /// output layer; returns the sum of the losses.
  DoubleSupplier sampledLoss(SampledLoss operation);

  /// One dense Adam step.
  void adam(Adam operation);

  /// One Adam step for the rows that occur; gradients of repeated ids are summed.
  void adamRows(AdamRows operation);

  /// One dense Adagrad step.
  void adagrad(Adagrad operation);

  /// One Adagrad step for the rows that occur; gradients of repeated ids are summed.
  void adagradRows(AdagradRows operation);

  /// Scales gradients so that their global Euclidean norm is at most a bound; returns the norm
  /// before.
  DoubleSupplier clipByGlobalNorm(GradientClipping operation);

  /// Inverted dropout with a counter-based generator; applied to a gradient with the same arguments
  /// it is its own backward pass.
  void dropout(Dropout operation);

  /// Scores of all items for each row: `out = hidden · weightsᵀ + bias`, into a caller's array.
  void scores(Scores operation);

  /// Makes an output layer ready for many searches. It reads all weights once; what it makes is a
  /// fifth of their size where it pays, and nothing where it does not. The first call of a program
  /// returns when searches by index are quicker than others: their loops have to be compiled.
  ///
  /// @param weights `V × H`; must not change while the index is in use
  /// @param bias `1 × V`, or null
  RankingIndex rankingIndex(Tensor weights, @Nullable Tensor bias);

  /// The best k items of each row, best first, equal scores in order of id.
  TopK topK(TopKSearch operation);

  /// Ends the backend's threads and releases its memory.
  @Override
  void close();
}
