package dev.segue.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ServiceLoader;

/// A library that Segue is compared with. The profile `peers` adds those that have to be
/// downloaded; each overrides what it can do.
public interface Peer {
  /// Returns who it is.
  Contender contender();

  /// Prepares a matrix product.
  default GemmTask gemm(GemmTask.Problem problem, int threads) {
    throw lacks("matrix product");
  }

  /// Prepares a GRU forward and backward.
  default GruTask gru(GruTask.Problem problem, int threads) {
    throw lacks("GRU with gradients");
  }

  /// Prepares a softmax cross-entropy with gradients.
  default CrossEntropyTask crossEntropy(CrossEntropyTask.Problem problem, int threads) {
    throw lacks("cross-entropy with gradients");
  }

  /// Prepares the training of a network.
  default TrainingTask training(TrainingTask.Problem problem, int threads) {
    throw lacks("training");
  }

  /// Prepares the search for the best items.
  default Ranker ranker(RankingTask task, int threads) {
    throw lacks("ranking");
  }

  /// Writes, beside the files of a model directory, those that this library reads.
  default void writeModel(Path directory) throws IOException {
    throw lacks("model");
  }

  /// Opens what [#writeModel] wrote, on one thread.
  default LiveModel model(Path directory) {
    throw lacks("model");
  }

  private IllegalStateException lacks(String operation) {
    return new IllegalStateException("benchmark: %s has no %s".formatted(contender(), operation));
  }

  /// Returns the library of a contender.
  ///
  /// @throws IllegalStateException when it was not built in, with the cure
  static Peer of(Contender contender) {
    if (contender.isSegue()) {
      return new SeguePeer(contender);
    }
    if (contender == Contender.OPENBLAS) {
      return new OpenBlas();
    }
    for (Peer peer : ServiceLoader.load(Peer.class)) {
      if (peer.contender() == contender) {
        return peer;
      }
    }
    throw new IllegalStateException(
        "benchmark: %s is not built in; build with -Ppeers".formatted(contender));
  }
}
