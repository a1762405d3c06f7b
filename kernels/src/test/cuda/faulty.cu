// Kernels that are wrong, one in each way that the stand-in claims to find; and a right one.
#include "segue.cuh"

extern "C" __global__ void add_one(int* values, int count) {
  const int i = static_cast<int>(blockIdx.x * blockDim.x + threadIdx.x);
  if (i < count) {
    values[i] += 1;
  }
}
STAND_IN_KERNEL(add_one)

extern "C" __global__ void barrier_missed_by_some(int* values) {
  if (threadIdx.x % 2 == 0) {
    return;
  }
  __syncthreads();
  values[0] = 1;
}
STAND_IN_KERNEL(barrier_missed_by_some)
