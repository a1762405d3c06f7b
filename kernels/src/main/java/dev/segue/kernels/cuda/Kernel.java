package dev.segue.kernels.cuda;

import java.util.Locale;

/// The kernels in PTX with the kinds of their parameters: `p` an address, `l` a 64-bit, `i` a
/// 32-bit whole number, `f` a 32-bit float. What they compute stands beside them in
/// `src/main/cuda`.
public enum Kernel {
  // rows.cu
  GATHER_ROWS("pppii"),
  SCATTER_ADD_ROWS("pppii"),
  // matrix.cu
  GEMM_FLOAT32("pppiiiiii"),
  BROADCAST_ROWS("ppii"),
  ADD_BIAS("ppii"),
  COLUMN_SUMS("ppiii"),
  TO_BFLOAT16("ppl"),
  // tensor.cu
  GEMM_BFLOAT16("pppiiiiii"),
  // dropout.cu
  DROPOUT("pplfp"),
  // gru.cu
  GRU_GATES("pppppppii"),
  GRU_GATES_BACKWARD("ppppppii"),
  GRU_STATES_BEFORE("ppppii"),
  // gru_persistent.cu
  GRU_FORWARD_PERSISTENT("ppppppppii"),
  // gru_persistent_backward.cu
  GRU_BACKWARD_PERSISTENT("ppppppppii"),
  // loss.cu
  CROSS_ENTROPY_STATISTICS("ppppiii"),
  CROSS_ENTROPY_LOSS("pppi"),
  CROSS_ENTROPY_GRADIENT("pppppiiif"),
  // sampled.cu
  SAMPLED_SOFTMAX("ppppppif"),
  BPR_MAX("pppppifff"),
  LOSS_SUM("ppi"),
  // optimiser.cu
  ADAM("pppplp"),
  ADAGRAD("pppplp"),
  ADAM_ROWS("ppppppii"),
  ADAGRAD_ROWS("ppppppii"),
  SQUARE_SUMS("plp"),
  ROW_SQUARE_SUMS("pppii"),
  GRADIENT_NORM("pippp"),
  SCALE("plp"),
  // ranking.cu
  EXCLUDE_ITEMS("ppppi"),
  TOP_K("pppii");

  private final String parameters;

  Kernel(String parameters) {
    this.parameters = parameters;
  }

  /// Returns the kernel's name in PTX.
  public String entry() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Returns a letter for each parameter.
  public String parameters() {
    return parameters;
  }
}
