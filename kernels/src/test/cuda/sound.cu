// Kernels that are right and use everything of segue.cuh, to compare with plain loops of the tests.
// They are compiled for the stand-in only.
#include "segue.cuh"

extern "C" __global__ void add_one(int* values, int count) {
  const int i = static_cast<int>(blockIdx.x * blockDim.x + threadIdx.x);
  if (i < count) {
    values[i] += 1;
  }
}
STAND_IN_KERNEL(add_one)

// Each block turns its values round in shared memory.
extern "C" __global__ void reverse_blocks(const float* from, float* result) {
  DYNAMIC_SHARED(float, shared);
  shared[threadIdx.x] = from[blockIdx.x * blockDim.x + threadIdx.x];
  __syncthreads();
  result[blockIdx.x * blockDim.x + threadIdx.x] = shared[blockDim.x - 1 - threadIdx.x];
}
STAND_IN_KERNEL(reverse_blocks)

// Row 0: sum by xor; 1: value of lane 3; 2: of the lane 2 below; 3: of the lane 4 above, by groups of
// 8; 4: lanes with an odd value; 5: threads of the block with an odd value.
extern "C" __global__ void exchange_lanes(const int* from, int* result) {
  const int value = from[threadIdx.x];
  int sum = value;
  for (int lanes = 16; lanes > 0; lanes /= 2) {
    sum += __shfl_xor_sync(0xffffffffu, sum, lanes);
  }
  result[threadIdx.x] = sum;
  result[blockDim.x + threadIdx.x] = __shfl_sync(0xffffffffu, value, 3);
  result[2 * blockDim.x + threadIdx.x] = __shfl_up_sync(0xffffffffu, value, 2);
  result[3 * blockDim.x + threadIdx.x] = __shfl_down_sync(0xffffffffu, value, 4, 8);
  result[4 * blockDim.x + threadIdx.x] = static_cast<int>(__ballot_sync(0xffffffffu, value & 1));
  result[5 * blockDim.x + threadIdx.x] = __syncthreads_count(value & 1);
}
STAND_IN_KERNEL(exchange_lanes)

// c[16, 8] = a[16, 16] b[16, 8]: a by rows through ldmatrix, b by columns. One warp.
extern "C" __global__ void tile_product_bf16(const __nv_bfloat16* a, const uint32_t* b, float* c) {
  DYNAMIC_SHARED(__nv_bfloat16, tile);
  const unsigned lane = threadIdx.x;
  copyAsync16(tile + 8 * lane, a + 8 * lane);
  copyAsyncCommit();
  copyAsyncWait<0>();
  __syncwarp();
  uint32_t fragment[4];
  loadMatrix4(fragment, tile + lane % 16 * 16 + lane / 16 * 8);
  const uint32_t right[2] = {b[lane / 4 * 8 + lane % 4], b[lane / 4 * 8 + lane % 4 + 4]};
  float sums[4] = {};
  mmaBf16(sums, fragment, right);
  for (unsigned i = 0; i < 4; i++) {
    c[(lane / 4 + i / 2 * 8) * 8 + lane % 4 * 2 + i % 2] = sums[i];
  }
}
STAND_IN_KERNEL(tile_product_bf16)

// c[16, 8] = a[16, 8] b[8, 8], b by columns. One warp.
extern "C" __global__ void tile_product_tf32(const float* a, const float* b, float* c) {
  const unsigned lane = threadIdx.x;
  const unsigned row = lane / 4;
  const unsigned k = lane % 4;
  const uint32_t left[4] = {toTf32(a[row * 8 + k]), toTf32(a[(row + 8) * 8 + k]), toTf32(a[row * 8 + k + 4]),
                            toTf32(a[(row + 8) * 8 + k + 4])};
  const uint32_t right[2] = {toTf32(b[row * 8 + k]), toTf32(b[row * 8 + k + 4])};
  float sums[4] = {};
  mmaTf32(sums, left, right);
  for (unsigned i = 0; i < 4; i++) {
    c[(row + i / 2 * 8) * 8 + k * 2 + i % 2] = sums[i];
  }
}
STAND_IN_KERNEL(tile_product_tf32)

// Turns four 8 × 8 tiles over their diagonals. One warp.
extern "C" __global__ void transpose_tiles(const uint16_t* from, uint32_t* result) {
  DYNAMIC_SHARED(uint16_t, tiles);
  for (unsigned i = threadIdx.x; i < 4 * 64; i += 32) {
    tiles[i] = from[i];
  }
  __syncwarp();
  uint32_t fragment[4];
  loadMatrix4Transposed(fragment, tiles + 8 * threadIdx.x);
  for (unsigned tile = 0; tile < 4; tile++) {
    result[32 * tile + threadIdx.x] = fragment[tile];
  }
}
STAND_IN_KERNEL(transpose_tiles)

// Each block of a cluster writes the sum over the cluster of what its threads hold.
extern "C" __global__ void sum_over_cluster(const float* from, float* result, int blocks) {
  DYNAMIC_SHARED(float, shared);
  shared[threadIdx.x] = from[blockIdx.x * blockDim.x + threadIdx.x];
  clusterSync();
  float sum = 0.0f;
  for (int rank = 0; rank < blocks; rank++) {
    sum += *mapShared(shared + threadIdx.x, static_cast<unsigned>(rank));
  }
  result[blockIdx.x * blockDim.x + threadIdx.x] = sum;
  clusterSync();
}
STAND_IN_KERNEL(sum_over_cluster)

// Counts in shared memory, then adds to the whole grid's counts.
extern "C" __global__ void histogram(const int* values, int count, unsigned* result, int bins) {
  DYNAMIC_SHARED(unsigned, counts);
  for (int bin = threadIdx.x; bin < bins; bin += blockDim.x) {
    counts[bin] = 0;
  }
  __syncthreads();
  const int i = static_cast<int>(blockIdx.x * blockDim.x + threadIdx.x);
  if (i < count) {
    atomicAdd(counts + values[i], 1u);
  }
  __syncthreads();
  for (int bin = threadIdx.x; bin < bins; bin += blockDim.x) {
    atomicAdd(result + bin, counts[bin]);
  }
}
STAND_IN_KERNEL(histogram)

// Each block leaves a number; the last to come, told by a counter, adds them up in their order.
extern "C" __global__ void sum_by_last_block(const int* values, int* parts, unsigned* counter, int* result) {
  if (threadIdx.x != 0) {
    return;
  }
  parts[blockIdx.x] = values[blockIdx.x];
  __threadfence();
  if (atomicAdd(counter, 1u) == gridDim.x - 1) {
    int sum = 0;
    for (unsigned block = 0; block < gridDim.x; block++) {
      sum += parts[block];
    }
    result[0] = sum;
  }
}
STAND_IN_KERNEL(sum_by_last_block)

// All threads of all blocks write the same.
extern "C" __global__ void writes_the_same(int* values) { values[0] = 7; }
STAND_IN_KERNEL(writes_the_same)

// All ways between 32 and 16 bits: bfloat16, then half.
extern "C" __global__ void round_floats(const float* from, unsigned short* result, int count) {
  const int i = static_cast<int>(blockIdx.x * blockDim.x + threadIdx.x);
  if (i < count) {
    result[i] = __bfloat16_as_ushort(__float2bfloat16(from[i]));
    result[count + i] = __half_as_ushort(__float2half(from[i]));
  }
}
STAND_IN_KERNEL(round_floats)

extern "C" __global__ void widen_floats(const unsigned short* from, float* result, int count) {
  const int i = static_cast<int>(blockIdx.x * blockDim.x + threadIdx.x);
  if (i < count) {
    result[i] = __bfloat162float(__ushort_as_bfloat16(from[i]));
    result[count + i] = __half2float(__ushort_as_half(from[i]));
  }
}
STAND_IN_KERNEL(widen_floats)
