// Kernels that are wrong, one in each way that the stand-in claims to find. They are compiled for the
// stand-in only.
#include "segue.cuh"

namespace {
// Hides from the compiler that a value is what it is.
__device__ int opaque(int value) {
  volatile int hidden = value;
  return hidden;
}
}  // namespace

extern "C" __global__ void barrier_missed_by_ended(int* values) {
  if (threadIdx.x % 2 == 0) {
    return;
  }
  __syncthreads();
  values[threadIdx.x] = 1;
}
STAND_IN_KERNEL(barrier_missed_by_ended)

extern "C" __global__ void barrier_in_both_branches(int* values) {
  if (threadIdx.x % 2 == 0) {
    __syncthreads();
  } else {
    __syncthreads();
  }
  values[threadIdx.x] = 1;
}
STAND_IN_KERNEL(barrier_in_both_branches)

extern "C" __global__ void waits_for_ever(int* values) {
  if (threadIdx.x % 2 == 0) {
    __syncthreads();
  } else {
    __syncwarp();
  }
  values[threadIdx.x] = 1;
}
STAND_IN_KERNEL(waits_for_ever)

extern "C" __global__ void shuffle_outside_of_mask(int* values) {
  values[threadIdx.x] = __shfl_sync(0x0000ffffu, values[threadIdx.x], 0);
}
STAND_IN_KERNEL(shuffle_outside_of_mask)

extern "C" __global__ void shuffle_reads_ended_lane(int* values) {
  if (threadIdx.x == 31) {
    return;
  }
  values[threadIdx.x] = __shfl_sync(0xffffffffu, values[threadIdx.x], 31);
}
STAND_IN_KERNEL(shuffle_reads_ended_lane)

extern "C" __global__ void shuffle_with_two_masks(int* values) {
  const unsigned mask = threadIdx.x < 16 ? 0xffffffffu : 0xffff0000u;
  values[threadIdx.x] = __shfl_sync(mask, values[threadIdx.x], 16);
}
STAND_IN_KERNEL(shuffle_with_two_masks)

extern "C" __global__ void shuffle_meets_vote(int* values) {
  if (threadIdx.x % 2 == 0) {
    values[threadIdx.x] = __shfl_sync(0xffffffffu, values[threadIdx.x], 0);
  } else {
    values[threadIdx.x] = __any_sync(0xffffffffu, 1);
  }
}
STAND_IN_KERNEL(shuffle_meets_vote)

extern "C" __global__ void writes_at(int* values, long long index) { values[index] = 1; }
STAND_IN_KERNEL(writes_at)

extern "C" __global__ void writes_shared_at(int* values, int index) {
  DYNAMIC_SHARED(int, shared);
  shared[index] = 1;
  values[0] = shared[0];
}
STAND_IN_KERNEL(writes_shared_at)

extern "C" __global__ void reads_vector_at(float* values, int index) {
  const float4 four = *reinterpret_cast<const float4*>(values + index);
  values[0] = four.x + four.y + four.z + four.w;
}
STAND_IN_KERNEL(reads_vector_at)

extern "C" __global__ void divides_by(int* values, int divisor) { values[0] = 7 / opaque(divisor); }
STAND_IN_KERNEL(divides_by)

extern "C" __global__ void traps(int* values) {
  if (threadIdx.x == 0) {
    __trap();
  }
  values[threadIdx.x] = 1;
}
STAND_IN_KERNEL(traps)

// result[i] = (i + 1) % n, which the next thread writes; no barrier between the write and the read.
extern "C" __global__ void forgets_barrier(float* result) {
  DYNAMIC_SHARED(float, shared);
  shared[threadIdx.x] = static_cast<float>(threadIdx.x);
  result[threadIdx.x] = shared[(threadIdx.x + 1) % blockDim.x];
}
STAND_IN_KERNEL(forgets_barrier)

// The same with static shared memory.
extern "C" __global__ void forgets_static_barrier(float* result) {
  __shared__ float shared[32];
  shared[threadIdx.x] = static_cast<float>(threadIdx.x);
  result[32 * blockIdx.x + threadIdx.x] = shared[(threadIdx.x + 1) % 32];
}
STAND_IN_KERNEL(forgets_static_barrier)

extern "C" __global__ void forgets_to_wait(const float* from, float* result) {
  DYNAMIC_SHARED(float, shared);
  copyAsync16(shared, from);
  copyAsyncCommit();
  result[0] = shared[0];
}
STAND_IN_KERNEL(forgets_to_wait)

extern "C" __global__ void copies_misaligned(const float* from) {
  DYNAMIC_SHARED(float, shared);
  copyAsync16(shared, from + 1);
}
STAND_IN_KERNEL(copies_misaligned)

// Each block writes its number: whose stays depends on the order.
extern "C" __global__ void depends_on_order(int* values) {
  if (threadIdx.x == 0) {
    values[0] = static_cast<int>(blockIdx.x);
  }
}
STAND_IN_KERNEL(depends_on_order)

// Lanes read what other lanes write, without __syncwarp between.
extern "C" __global__ void forgets_warp_barrier(float* result) {
  DYNAMIC_SHARED(float, shared);
  shared[threadIdx.x] = static_cast<float>(threadIdx.x);
  __syncthreads();
  const float next = shared[(threadIdx.x + 1) % 32];
  shared[threadIdx.x] = next;
  result[threadIdx.x] = next;
}
STAND_IN_KERNEL(forgets_warp_barrier)

// Blocks of a cluster read each other without a barrier of the cluster between.
extern "C" __global__ void forgets_cluster_barrier(float* result) {
  DYNAMIC_SHARED(float, shared);
  shared[threadIdx.x] = static_cast<float>(threadIdx.x);
  __syncthreads();
  result[blockIdx.x * blockDim.x + threadIdx.x] = *mapShared(shared + threadIdx.x, 1 - clusterRank());
  clusterSync();
}
STAND_IN_KERNEL(forgets_cluster_barrier)

// Every block adds to the same number, but not atomically.
extern "C" __global__ void adds_without_atomics(int* values) {
  if (threadIdx.x == 0) {
    values[0] += 1;
  }
}
STAND_IN_KERNEL(adds_without_atomics)

// Block 1 reads block 0's memory after block 0 has ended.
extern "C" __global__ void cluster_ends_early(float* result) {
  DYNAMIC_SHARED(float, shared);
  shared[threadIdx.x] = 1.0f;
  clusterSync();
  if (clusterRank() == 1) {
    __syncthreads();
    result[threadIdx.x] = *mapShared(shared + threadIdx.x, 0);
  }
}
STAND_IN_KERNEL(cluster_ends_early)

extern "C" __global__ void cluster_has_no_such_block(float* result) {
  DYNAMIC_SHARED(float, shared);
  result[0] = *mapShared(shared, 2);
}
STAND_IN_KERNEL(cluster_has_no_such_block)
