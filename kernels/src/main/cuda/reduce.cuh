// Sums and maxima over a warp and over a block of 256 threads, always in the same order.
#pragma once
#include "segue.cuh"

#define REDUCTION_WARPS 8

__device__ __forceinline__ float warpSum(float x) {
  for (int offset = 16; offset > 0; offset >>= 1) {
    x += __shfl_xor_sync(0xffffffffu, x, offset);
  }
  return x;
}

__device__ __forceinline__ double warpSum(double x) {
  for (int offset = 16; offset > 0; offset >>= 1) {
    x += __shfl_xor_sync(0xffffffffu, x, offset);
  }
  return x;
}

__device__ __forceinline__ bool isNaN(float x) {
  return x != x;
}

// NaN is passed on.
__device__ __forceinline__ float nanMax(float a, float b) {
  return a > b || isNaN(a) ? a : b;
}

__device__ __forceinline__ float warpMax(float x) {
  for (int offset = 16; offset > 0; offset >>= 1) {
    x = nanMax(x, __shfl_xor_sync(0xffffffffu, x, offset));
  }
  return x;
}

// The sum over a block, in every thread. `scratch` holds a number for each warp and is free to be
// used again when this returns.
template <typename T>
__device__ __forceinline__ T blockSum(T x, T* scratch) {
  x = warpSum(x);
  if ((threadIdx.x & 31) == 0) {
    scratch[threadIdx.x >> 5] = x;
  }
  __syncthreads();
  T sum = 0;
  for (int warp = 0; warp < REDUCTION_WARPS; warp++) {
    sum += scratch[warp];
  }
  __syncthreads();
  return sum;
}

// The greatest over a block, in every thread.
__device__ __forceinline__ float blockMax(float x, float* scratch) {
  x = warpMax(x);
  if ((threadIdx.x & 31) == 0) {
    scratch[threadIdx.x >> 5] = x;
  }
  __syncthreads();
  float greatest = scratch[0];
  for (int warp = 1; warp < REDUCTION_WARPS; warp++) {
    greatest = nanMax(greatest, scratch[warp]);
  }
  __syncthreads();
  return greatest;
}
