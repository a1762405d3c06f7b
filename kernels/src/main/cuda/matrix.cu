// Products of matrices of 32-bit floats for machines without cuBLAS, and what goes with products.
#include "segue.cuh"

#define TILE 64
#define TILE_DEPTH 16

// Formula: c (+)= op(a) op(b)
// Shapes: row-major, op(a) m × k, op(b) k × n, c m × n
// Threads: a block for 64 × 64 of c, a thread for 4 × 4 of it
// Bytes moved: 4 (k / 64) for each operand, 4 or 8 of c
// Numerics: 32-bit floats, fused multiply and add, sums in the order of k
// Source: dev.segue.kernels.Gemm
extern "C" __global__ void __launch_bounds__(256)
    gemm_float32(const float* __restrict__ a, const float* __restrict__ b, float* __restrict__ c,
                 int m, int n, int k, int transposeA, int transposeB, int accumulate) {
  // One more than a whole number of banks, so that neither storing nor loading a tile waits.
  __shared__ float left[TILE_DEPTH][TILE + 1];
  __shared__ float right[TILE_DEPTH][TILE + 1];
  int tilesAcross = (n + TILE - 1) / TILE;
  int row0 = static_cast<int>(blockIdx.x / tilesAcross) * TILE;
  int column0 = static_cast<int>(blockIdx.x % tilesAcross) * TILE;
  int threadRow = threadIdx.x >> 4;
  int threadColumn = threadIdx.x & 15;
  float sums[4][4] = {};
  for (int k0 = 0; k0 < k; k0 += TILE_DEPTH) {
    for (int i = threadIdx.x; i < TILE * TILE_DEPTH; i += 256) {
      // Neighbouring threads read neighbouring numbers, whichever way the operand lies.
      int depth = transposeA ? i / TILE : i % TILE_DEPTH;
      int across = transposeA ? i % TILE : i / TILE_DEPTH;
      int row = row0 + across;
      bool inside = row < m && k0 + depth < k;
      size_t at = transposeA ? static_cast<size_t>(k0 + depth) * m + row
                             : static_cast<size_t>(row) * k + k0 + depth;
      left[depth][across] = inside ? a[at] : 0.0f;
      depth = transposeB ? i % TILE_DEPTH : i / TILE;
      across = transposeB ? i / TILE_DEPTH : i % TILE;
      int column = column0 + across;
      inside = column < n && k0 + depth < k;
      at = transposeB ? static_cast<size_t>(column) * k + k0 + depth
                      : static_cast<size_t>(k0 + depth) * n + column;
      right[depth][across] = inside ? b[at] : 0.0f;
    }
    __syncthreads();
    for (int depth = 0; depth < TILE_DEPTH; depth++) {
      float x[4];
      float y[4];
#pragma unroll
      for (int i = 0; i < 4; i++) {
        x[i] = left[depth][threadRow + 16 * i];
        y[i] = right[depth][threadColumn + 16 * i];
      }
#pragma unroll
      for (int i = 0; i < 4; i++) {
#pragma unroll
        for (int j = 0; j < 4; j++) {
          sums[i][j] = fmaf(x[i], y[j], sums[i][j]);
        }
      }
    }
    __syncthreads();
  }
#pragma unroll
  for (int i = 0; i < 4; i++) {
#pragma unroll
    for (int j = 0; j < 4; j++) {
      int row = row0 + threadRow + 16 * i;
      int column = column0 + threadColumn + 16 * j;
      if (row < m && column < n) {
        float* to = c + static_cast<size_t>(row) * n + column;
        *to = accumulate ? *to + sums[i][j] : sums[i][j];
      }
    }
  }
}
STAND_IN_KERNEL(gemm_float32)

// Formula: x[i] = row
// Shapes: x rows × columns
// Threads: a thread for an element, in strides of the grid
// Bytes moved: 4 for each element
// Numerics: a copy
// Source: Gemm in Java, with bias
extern "C" __global__ void __launch_bounds__(256)
    broadcast_rows(const float* __restrict__ row, float* __restrict__ x, int rows, int columns) {
  size_t all = static_cast<size_t>(rows) * columns;
  size_t stride = static_cast<size_t>(gridDim.x) * blockDim.x;
  for (size_t i = static_cast<size_t>(blockIdx.x) * blockDim.x + threadIdx.x; i < all;
       i += stride) {
    x[i] = row[i % columns];
  }
}
STAND_IN_KERNEL(broadcast_rows)

// Formula: x[i] += row
// Shapes: x rows × columns
// Threads: a thread for an element, in strides of the grid
// Bytes moved: 8 for each element
// Numerics: one addition
// Source: Gemm in Java, with bias
extern "C" __global__ void __launch_bounds__(256)
    add_bias(const float* __restrict__ row, float* __restrict__ x, int rows, int columns) {
  size_t all = static_cast<size_t>(rows) * columns;
  size_t stride = static_cast<size_t>(gridDim.x) * blockDim.x;
  for (size_t i = static_cast<size_t>(blockIdx.x) * blockDim.x + threadIdx.x; i < all;
       i += stride) {
    x[i] += row[i % columns];
  }
}
STAND_IN_KERNEL(add_bias)

// Formula: out (+)= Σ_i x[i]
// Shapes: x rows × columns, out columns
// Threads: a block for 32 columns; warp w takes rows w, w + 8, …
// Bytes moved: 4 for each element
// Numerics: the sums of 8 warps joined in order
// Source: the bias gradients of GruBackward and SampledLoss in Java
extern "C" __global__ void __launch_bounds__(256)
    column_sums(const float* __restrict__ x, float* __restrict__ out, int rows, int columns,
                int accumulate) {
  __shared__ float parts[8][32];
  int lane = threadIdx.x & 31;
  int warp = threadIdx.x >> 5;
  int column = blockIdx.x * 32 + lane;
  float sum = 0;
  if (column < columns) {
    for (int row = warp; row < rows; row += 8) {
      sum += x[static_cast<size_t>(row) * columns + column];
    }
  }
  parts[warp][lane] = sum;
  __syncthreads();
  if (warp == 0 && column < columns) {
    float all = accumulate ? out[column] : 0;
    for (int i = 0; i < 8; i++) {
      all += parts[i][lane];
    }
    out[column] = all;
  }
}
STAND_IN_KERNEL(column_sums)

// Formula: out = x
// Shapes: count elements
// Threads: a thread for an element, in strides of the grid
// Bytes moved: 6 for each element
// Numerics: halves to even
// Source: CudaPrecision in Java
extern "C" __global__ void __launch_bounds__(256)
    to_bfloat16(const float* __restrict__ x, __nv_bfloat16* __restrict__ out, long long count) {
  long long stride = static_cast<long long>(gridDim.x) * blockDim.x;
  for (long long i = static_cast<long long>(blockIdx.x) * blockDim.x + threadIdx.x; i < count;
       i += stride) {
    out[i] = __float2bfloat16(x[i]);
  }
}
STAND_IN_KERNEL(to_bfloat16)
