// Softmax cross-entropy over a part of the items at a time, `columns` of them from `first` on.
// Formula: SoftmaxCrossEntropy in Java. A block works on a row.
#include "reduce.cuh"

// What is known of each row so far lies in `statistics`, 3 × rows: the greatest logit, the sum of
// exp(logit − greatest), the target's logit.

// Formula: greatest, Σ exp(logit − greatest), the target's logit; those of earlier items joined
// Shapes: logits rows × columns, items first to first + columns − 1; statistics 3 × rows
// Threads: a block for a row
// Bytes moved: 4, read twice for each element
// Numerics: the greatest taken out first; −∞ is hidden; NaN is passed on
// Source: SoftmaxCrossEntropy in Java
extern "C" __global__ void __launch_bounds__(256)
    cross_entropy_statistics(const float* __restrict__ logits, const float* __restrict__ bias,
                             const int* __restrict__ targets, float* __restrict__ statistics,
                             int rows, int columns, int first) {
  __shared__ float scratch[REDUCTION_WARPS];
  int row = blockIdx.x;
  const float* x = logits + static_cast<size_t>(row) * columns;
  float greatest = -INFINITY;
  for (int i = threadIdx.x; i < columns; i += blockDim.x) {
    greatest = nanMax(greatest, x[i] + (bias == nullptr ? 0.0f : bias[first + i]));
  }
  greatest = blockMax(greatest, scratch);
  float before = first == 0 ? -INFINITY : statistics[row];
  greatest = nanMax(greatest, before);
  float sum = 0;
  for (int i = threadIdx.x; i < columns; i += blockDim.x) {
    float logit = x[i] + (bias == nullptr ? 0.0f : bias[first + i]);
    sum += logit == -INFINITY ? 0.0f : expf(logit - greatest);
    if (first + i == targets[row]) {
      statistics[2 * rows + row] = logit;
    }
  }
  sum = blockSum(sum, scratch);
  if (threadIdx.x == 0) {
    if (before > -INFINITY) {
      sum += statistics[rows + row] * expf(before - greatest);
    }
    statistics[row] = greatest;
    statistics[rows + row] = sum;
  }
}
STAND_IN_KERNEL(cross_entropy_statistics)

// Formula: loss = Σ_i weight_i (greatest + log sum − target)
// Shapes: statistics 3 × rows; weights rows, null for 1 each
// Threads: one block, threads over rows
// Bytes moved: 12 a row
// Numerics: summed in 64 bits, in a fixed order
// Source: SoftmaxCrossEntropy in Java
extern "C" __global__ void __launch_bounds__(256)
    cross_entropy_loss(const float* __restrict__ statistics, const float* __restrict__ weights,
                       double* __restrict__ loss, int rows) {
  __shared__ double scratch[REDUCTION_WARPS];
  double sum = 0;
  for (int row = threadIdx.x; row < rows; row += blockDim.x) {
    double logSumExp =
        static_cast<double>(statistics[row]) + logf(statistics[rows + row]);
    double each = logSumExp - statistics[2 * rows + row];
    sum += weights == nullptr ? each : weights[row] * each;
  }
  sum = blockSum(sum, scratch);
  if (threadIdx.x == 0) {
    *loss = sum;
  }
}
STAND_IN_KERNEL(cross_entropy_loss)

// Formula: logits = scale weight_i (softmax − one hot), in place
// Shapes: logits rows × columns, items first to first + columns − 1; statistics 3 × rows
// Threads: a block for a row
// Bytes moved: 8 for each element
// Numerics: expf; −∞ has gradient 0
// Source: SoftmaxCrossEntropy in Java
extern "C" __global__ void __launch_bounds__(256)
    cross_entropy_gradient(float* __restrict__ logits, const float* __restrict__ bias,
                           const int* __restrict__ targets,
                           const float* __restrict__ statistics,
                           const float* __restrict__ weights, int rows, int columns, int first,
                           float scale) {
  int row = blockIdx.x;
  float* x = logits + static_cast<size_t>(row) * columns;
  float greatest = statistics[row];
  float share = 1 / statistics[rows + row];
  float factor = weights == nullptr ? scale : scale * weights[row];
  int target = targets[row] - first;
  for (int i = threadIdx.x; i < columns; i += blockDim.x) {
    float logit = x[i] + (bias == nullptr ? 0.0f : bias[first + i]);
    float p = logit == -INFINITY ? 0.0f : expf(logit - greatest) * share;
    x[i] = factor * (p - (i == target ? 1.0f : 0.0f));
  }
}
STAND_IN_KERNEL(cross_entropy_gradient)
