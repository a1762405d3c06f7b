// A GRU over all steps in one kernel. A cluster of 8 blocks takes 16 sequences, a block an eighth of
// the units, a warp 8 of them with all their gates. The recurrent weights stay in registers, what a
// step hands to the next one goes through shared memory of all blocks, in two buffers: one is read
// while the other is written, so that a step waits for the cluster once.
#pragma once

#include "gru.cuh"

#define GRU_CLUSTER 8
#define GRU_SEQUENCES 16

// Without clusters there is nothing to compile but the end of the kernel.
#if __CUDA_ARCH__ >= 900
constexpr bool gruHasClusters = true;
#else
constexpr bool gruHasClusters = false;
#endif

// Two numbers as a fragment holds them, the first in the low half.
__device__ __forceinline__ uint32_t pairOfBf16(float low, float high) {
  return static_cast<uint32_t>(__bfloat16_as_ushort(__float2bfloat16(low))) |
         static_cast<uint32_t>(__bfloat16_as_ushort(__float2bfloat16(high))) << 16;
}

// Where a number of a row lies in a buffer whose rows are multiples of 64 numbers. Groups of 8 change
// places from row to row: 8 rows that ldmatrix reads at once lie in different banks.
__device__ __forceinline__ int exchangePlace(int row, int column, int width) {
  return row * width + ((column / 8) ^ (row % 8)) * 8 + column % 8;
}

// What a thread has of its cluster's tile, as mma hands out its result: two units of two sequences.
template <int size>
struct GruThread {
  int lane = threadIdx.x & 31;
  int firstSequence = static_cast<int>(blockIdx.x / GRU_CLUSTER) * GRU_SEQUENCES;
  // Of the 8 units of the warp.
  int firstUnit = static_cast<int>(clusterRank()) * (size / GRU_CLUSTER) + (threadIdx.x >> 5) * 8;
  // Of the two units of the thread.
  int unit = firstUnit + lane % 4 * 2;

  // One of the thread's two rows of the tile.
  __device__ __forceinline__ int row(int half) const {
    return lane / 4 + 8 * half;
  }

  __device__ __forceinline__ int sequence(int half) const {
    return firstSequence + row(half);
  }

  // Puts two numbers, rounded, at the same place of a buffer in all blocks.
  __device__ __forceinline__ void tellAll(__nv_bfloat16* buffer, int half, int column, int width,
                                          float low, float high) const {
    uint32_t pair = pairOfBf16(low, high);
    void* place = buffer + exchangePlace(row(half), column, width);
#pragma unroll
    for (unsigned rank = 0; rank < GRU_CLUSTER; rank++) {
      *mapShared(static_cast<uint32_t*>(place), rank) = pair;
    }
  }

  // The lane's part of a tile of 16 rows and 16 columns of a buffer.
  __device__ __forceinline__ void loadTile(uint32_t tile[4], const __nv_bfloat16* buffer,
                                           int column, int width) const {
    loadMatrix4(tile, buffer + exchangePlace(lane % 16, column + lane / 16 * 8, width));
  }
};

__device__ __forceinline__ float2 loadPair(const float* from) {
  return *reinterpret_cast<const float2*>(from);
}

__device__ __forceinline__ void storePair(float* to, float low, float high) {
  *reinterpret_cast<float2*>(to) = make_float2(low, high);
}
