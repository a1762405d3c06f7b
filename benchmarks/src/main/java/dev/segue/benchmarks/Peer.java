package dev.segue.benchmarks;

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
