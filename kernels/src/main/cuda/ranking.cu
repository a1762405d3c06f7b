// The best k of many scores, exactly.
#include "reduce.cuh"

#define SLICE 2048
#define DIGIT 8
#define DIGITS 8

// Scores and items in one number that is greater the better the pair: equal scores count by lower
// item. NaN has 0, the number of nothing; −0 is 0.
__device__ __forceinline__ unsigned long long rankingKey(float score, unsigned item) {
  if (isNaN(score)) {
    return 0;
  }
  unsigned bits = __float_as_uint(score + 0.0f);
  bits ^= (bits >> 31) ? 0xffffffffu : 0x80000000u;
  return static_cast<unsigned long long>(bits) << 32 | (0xffffffffu - item);
}

// Formula: scores[row][i] = NaN for excluded[offsets[row] … offsets[row + 1]) and items without a bit in allowed
// Shapes: scores rows × items; allowed null for all
// Threads: blockIdx.y the row, threads over its list and its items
// Bytes moved: 4 of each excluded item
// Numerics: NaN never ranks
// Source: TopKSearch in Java
extern "C" __global__ void __launch_bounds__(256)
    exclude_items(float* __restrict__ scores, const int* __restrict__ offsets,
                  const int* __restrict__ excluded, const unsigned long long* __restrict__ allowed,
                  int items) {
  float* row = scores + static_cast<size_t>(blockIdx.y) * items;
  int start = blockIdx.x * blockDim.x + threadIdx.x;
  int stride = gridDim.x * blockDim.x;
  for (int i = offsets[blockIdx.y] + start; i < offsets[blockIdx.y + 1]; i += stride) {
    row[excluded[i]] = NAN;
  }
  if (allowed != nullptr) {
    for (int i = start; i < items; i += stride) {
      if ((allowed[i >> 6] >> (i & 63) & 1) == 0) {
        row[i] = NAN;
      }
    }
  }
}
STAND_IN_KERNEL(exclude_items)

// Formula: best = the k greatest keys of each slice of 2,048 numbers, in any order, the rest 0
// Shapes: scores or, where it is null, keys rows × count; best rows × slices × k
// Threads: blockIdx.x the slice, blockIdx.y the row
// Bytes moved: 4 of each score or 8 of each key, 8 k of each slice
// Numerics: exact; equal scores by lower item
// Source: radix selection by digits of 8 bits from the first one on; TopKSearch in Java
//
// The k greatest keys of each slice of 2,048, in any order, the rest of their room 0. They are found
// by their digits, the first one first: how many keys have each digit among those that agree with
// the k-th best so far. `scores` or, where it is null, `keys` has `count` numbers in a row; blockIdx.x
// is the slice, blockIdx.y the row.
extern "C" __global__ void __launch_bounds__(256)
    top_k(const float* __restrict__ scores, const unsigned long long* __restrict__ keys,
          unsigned long long* __restrict__ best, int count, int k) {
  __shared__ unsigned long long slice[SLICE];
  __shared__ int histogram[1 << DIGIT];
  __shared__ unsigned long long prefix;
  __shared__ int wanted;
  __shared__ int found;
  int from = blockIdx.x * SLICE;
  int here = min(SLICE, count - from);
  size_t row = static_cast<size_t>(blockIdx.y) * count;
  for (int i = threadIdx.x; i < here; i += blockDim.x) {
    slice[i] = scores != nullptr ? rankingKey(scores[row + from + i], from + i)
                                 : keys[row + from + i];
  }
  unsigned long long* out =
      best + (static_cast<size_t>(blockIdx.y) * gridDim.x + blockIdx.x) * k;
  for (int i = threadIdx.x; i < k; i += blockDim.x) {
    out[i] = 0;
  }
  if (threadIdx.x == 0) {
    prefix = 0;
    wanted = k;
    found = 0;
  }
  __syncthreads();
  for (int digit = DIGITS - 1; digit >= 0 && here > k; digit--) {
    int shift = digit * DIGIT;
    for (int i = threadIdx.x; i < (1 << DIGIT); i += blockDim.x) {
      histogram[i] = 0;
    }
    __syncthreads();
    for (int i = threadIdx.x; i < here; i += blockDim.x) {
      // A shift by 64 is none, so the first digit has no prefix to compare.
      if (digit == DIGITS - 1 || (slice[i] ^ prefix) >> (shift + DIGIT) == 0) {
        atomicAdd(&histogram[slice[i] >> shift & ((1 << DIGIT) - 1)], 1);
      }
    }
    __syncthreads();
    if (threadIdx.x == 0) {
      int value = (1 << DIGIT) - 1;
      while (value > 0 && histogram[value] < wanted) {
        wanted -= histogram[value];
        value--;
      }
      prefix |= static_cast<unsigned long long>(value) << shift;
    }
    __syncthreads();
  }
  // The prefix is the k-th best key, or 0 where all of the slice are among the best.
  for (int i = threadIdx.x; i < here; i += blockDim.x) {
    if (slice[i] >= prefix && slice[i] != 0) {
      out[atomicAdd(&found, 1)] = slice[i];
    }
  }
}
STAND_IN_KERNEL(top_k)
