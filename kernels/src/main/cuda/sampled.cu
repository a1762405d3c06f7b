// Losses over sampled items. Column i < rows of the scores is the target of row i, the others are
// shared negatives; a negative that is the row's target takes no part. Formulas: SampledLoss in
// Java. A block works on a row.
#include "reduce.cuh"

// A column's score, or −∞ where it takes no part in the row.
__device__ __forceinline__ float sampledScore(const float* x, const float* bias, const int* items,
                                              const float* corrections, int row, int column) {
  if (column != row && items[column] == items[row]) {
    return -INFINITY;
  }
  float score = x[column];
  if (bias != nullptr) {
    score += bias[items[column]];
  }
  if (corrections != nullptr) {
    score -= corrections[column];
  }
  return score;
}

// Formula: losses[i] = weight_i (log Σ_j exp(r_ij) − r_ii); scores = scale weight_i (softmax − one hot)
// Shapes: scores rows × columns; null: bias and corrections for 0, weights for 1
// Threads: a block for a row
// Bytes moved: 16 of the scores
// Numerics: the greatest taken out first; losses in 64 bits
// Source: SampledLoss.Softmax in Java
extern "C" __global__ void __launch_bounds__(256)
    sampled_softmax(float* __restrict__ scores, const float* __restrict__ bias,
                    const int* __restrict__ items, const float* __restrict__ corrections,
                    const float* __restrict__ weights, double* __restrict__ losses,
                    int columns, float scale) {
  __shared__ float scratch[REDUCTION_WARPS];
  __shared__ float positive;
  int row = blockIdx.x;
  float* x = scores + static_cast<size_t>(row) * columns;
  float greatest = -INFINITY;
  for (int i = threadIdx.x; i < columns; i += blockDim.x) {
    float score = sampledScore(x, bias, items, corrections, row, i);
    x[i] = score;
    greatest = nanMax(greatest, score);
    if (i == row) {
      positive = score;
    }
  }
  greatest = blockMax(greatest, scratch);
  float sum = 0;
  for (int i = threadIdx.x; i < columns; i += blockDim.x) {
    sum += x[i] == -INFINITY ? 0.0f : expf(x[i] - greatest);
  }
  sum = blockSum(sum, scratch);
  float weight = weights == nullptr ? 1.0f : weights[row];
  if (threadIdx.x == 0) {
    losses[row] = weight * (static_cast<double>(greatest) + logf(sum) - positive);
  }
  float share = 1 / sum;
  for (int i = threadIdx.x; i < columns; i += blockDim.x) {
    float p = x[i] == -INFINITY ? 0.0f : expf(x[i] - greatest) * share;
    x[i] = scale * weight * (p - (i == row ? 1.0f : 0.0f));
  }
}
STAND_IN_KERNEL(sampled_softmax)

__device__ __forceinline__ float elu(float x, float a) {
  return a == 0 || x > 0 ? x : a * expm1f(x);
}

// The slope of elu where its value is r.
__device__ __forceinline__ float eluSlope(float r, float a) {
  return a == 0 || r > 0 ? 1.0f : r + a;
}

// Formula: losses[i] = weight_i (−log A + λ B), scores = scale weight_i ∂loss/∂score, see below
// Shapes: scores rows × columns; null: bias for 0, weights for 1
// Threads: a block for a row
// Bytes moved: 20 of the scores
// Numerics: A as a sum of exp(min(r_i, r_j)) over common factors, so that it is never 0
// Source: SampledLoss.BprMax in Java
//
// BPR-max with score regularisation lambda; scores pass through elu first. With s the softmax over
// the negatives, σ_j = σ(r_i − r_j), A = Σ s_j σ_j, B = Σ s_j r_j² and w_j = s_j σ_j / A:
//
//   loss = −log A + λ B
//   ∂loss/∂r_j = s_j (1 + λ (r_j² + 2 r_j − B)) − w_j σ_j        ∂loss/∂r_i = Σ w_j σ_j − 1
//
// A is summed as exp(min(r_i, r_j)) over common factors, so that it is never zero.
extern "C" __global__ void __launch_bounds__(256)
    bpr_max(float* __restrict__ scores, const float* __restrict__ bias,
            const int* __restrict__ items, const float* __restrict__ weights,
            double* __restrict__ losses, int columns, float scale, float lambda, float a) {
  __shared__ float scratch[REDUCTION_WARPS];
  __shared__ float positive;
  int row = blockIdx.x;
  float* x = scores + static_cast<size_t>(row) * columns;
  float greatest = -INFINITY;
  for (int i = threadIdx.x; i < columns; i += blockDim.x) {
    float score = sampledScore(x, bias, items, nullptr, row, i);
    float r = score == -INFINITY ? score : elu(score, a);
    if (i == row) {
      positive = r;
      r = -INFINITY;
    }
    x[i] = r;
    greatest = nanMax(greatest, r);
  }
  greatest = blockMax(greatest, scratch);
  float weight = weights == nullptr ? 1.0f : weights[row];
  if (greatest == -INFINITY) {
    // A row without negatives has no loss.
    for (int i = threadIdx.x; i < columns; i += blockDim.x) {
      x[i] = 0;
    }
    if (threadIdx.x == 0) {
      losses[row] = 0;
    }
    return;
  }
  float target = positive;
  float reference = fminf(greatest, target);
  float sum = 0;
  float sumW = 0;
  float squares = 0;
  for (int i = threadIdx.x; i < columns; i += blockDim.x) {
    float r = x[i];
    if (r != -INFINITY) {
      float s = expf(r - greatest);
      sum += s;
      sumW += expf(fminf(r, target) - reference) / (1 + expf(-fabsf(r - target)));
      squares += s * r * r;
    }
  }
  sum = blockSum(sum, scratch);
  sumW = blockSum(sumW, scratch);
  squares = blockSum(squares, scratch) / sum;
  float pulled = 0;
  for (int i = threadIdx.x; i < columns; i += blockDim.x) {
    float r = x[i];
    float d = 0;
    if (r != -INFINITY) {
      float s = expf(r - greatest) / sum;
      float w = expf(fminf(r, target) - reference) / (1 + expf(-fabsf(r - target))) / sumW;
      float sigma = 1 / (1 + expf(r - target));
      d = (s * (1 + lambda * (r * r + 2 * r - squares)) - w * sigma) * eluSlope(r, a);
      pulled += w * sigma;
    }
    x[i] = scale * weight * d;
  }
  pulled = blockSum(pulled, scratch);
  if (threadIdx.x == 0) {
    x[row] = scale * weight * (pulled - 1) * eluSlope(target, a);
    double logA = static_cast<double>(reference) - greatest - logf(sum) + logf(sumW);
    losses[row] = weight * (-logA + static_cast<double>(lambda) * squares);
  }
}
STAND_IN_KERNEL(bpr_max)

// Formula: sum = Σ_i losses[i]
// Shapes: count numbers
// Threads: one block
// Bytes moved: 8 for each element
// Numerics: 64 bits, in a fixed order
// Source: SampledLoss in Java
extern "C" __global__ void __launch_bounds__(256)
    loss_sum(const double* __restrict__ losses, double* __restrict__ sum, int count) {
  __shared__ double scratch[REDUCTION_WARPS];
  double mine = 0;
  for (int i = threadIdx.x; i < count; i += blockDim.x) {
    mine += losses[i];
  }
  mine = blockSum(mine, scratch);
  if (threadIdx.x == 0) {
    *sum = mine;
  }
}
STAND_IN_KERNEL(loss_sum)
