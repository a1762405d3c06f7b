// Rows that occur in a batch, repeated ids brought together by the host.
#pragma once
#include "segue.cuh"

// Ids of a batch brought together, as the host writes them down. `places` is the number of all ids,
// which alone decides where things lie, so that batches of one size have one layout.
//
//   number of distinct ids, number of parts
//   where each part starts among the places, and the end
//   distinct ids, with room for `places`; where each one's places start in the order, and the end,
//   with room for `places + 1`; all places in that order
struct IdGroups {
  const int* words;
  int places;

  __device__ __forceinline__ int count() const { return words[0]; }
  __device__ __forceinline__ int partStart(int part) const { return words[2 + part]; }
  __device__ __forceinline__ const int* ids() const { return words + 3 + words[1]; }
  __device__ __forceinline__ int id(int group) const { return ids()[group]; }
  __device__ __forceinline__ int start(int group) const { return ids()[places + group]; }
  __device__ __forceinline__ int place(int i) const { return ids()[2 * places + 1 + i]; }

  // One number of the sum of a distinct id's rows, in the order of its places.
  __device__ __forceinline__ float sum(
      int group, const long long* values, int column, int columns) const {
    float sum = 0;
    int end = start(group + 1);
    for (int i = start(group); i < end; i++) {
      int at = place(i);
      int part = 0;
      while (at >= partStart(part + 1)) {
        part++;
      }
      const float* rows = reinterpret_cast<const float*>(values[part]);
      sum += rows[static_cast<size_t>(at - partStart(part)) * columns + column];
    }
    return sum;
  }
};

__device__ __forceinline__ int warpOfGrid() {
  return (blockIdx.x * blockDim.x + threadIdx.x) >> 5;
}
