// All kernels, one module.
#include "dropout.cu"
#include "gru.cu"
#include "loss.cu"
#include "matrix.cu"
#include "optimiser.cu"
#include "ranking.cu"
#include "rows.cu"
#include "sampled.cu"
