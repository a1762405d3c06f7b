package dev.segue.kernels;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// Every operation test, written once. A subclass names a backend and runs them all.
abstract class BackendContract
    implements MatrixContract,
        RecurrentContract,
        LossContract,
        SampledLossContract,
        RowWeightsContract,
        OptimiserContract,
        RowOptimiserContract,
        RowsContract,
        RankingContract {
  private Backend backend = new ScalarBackend();

  abstract Backend open();

  @BeforeEach
  void openBackend() {
    backend = open();
  }

  @AfterEach
  void closeBackend() {
    backend.close();
  }

  @Override
  public Backend backend() {
    return backend;
  }
}
