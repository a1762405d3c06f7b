// Products on tensor cores for machines without cuBLAS.
#include "segue.cuh"

#define TENSOR_ROWS 128
#define TENSOR_COLUMNS 64
#define TENSOR_DEPTH 32
// A row of a tile takes 80 bytes: eight rows that ldmatrix reads at once lie in different banks.
#define TENSOR_STRIDE (TENSOR_DEPTH + 8)

// A tile of an operand on its way from device to shared memory: `width` × 32 numbers, four to a load.
// The operand lies as `across × depth`, or as `depth × across` where it is transposed.
template <int width>
struct OperandTile {
  static constexpr int loads = width * TENSOR_DEPTH / 4 / 256;

  const float* from;
  int across;
  int depth;
  bool transposed;
  float4 loaded[loads];

  // The numbers of one load: the first one's place in the tile, and what they step along.
  __device__ __forceinline__ int acrossOf(int load) const {
    int i = threadIdx.x + load * 256;
    return transposed ? i % (width / 4) * 4 : i / 8;
  }

  __device__ __forceinline__ int depthOf(int load) const {
    int i = threadIdx.x + load * 256;
    return transposed ? i / (width / 4) : i % 8 * 4;
  }

  __device__ __forceinline__ float at(int row, int k) const {
    if (row >= across || k >= depth) {
      return 0.0f;
    }
    return transposed ? from[static_cast<size_t>(k) * across + row]
                      : from[static_cast<size_t>(row) * depth + k];
  }

  __device__ __forceinline__ void load(int row0, int k0) {
    int length = transposed ? across : depth;
    // Rows of a multiple of four numbers keep the alignment of the first one.
    bool aligned = length % 4 == 0 && reinterpret_cast<uintptr_t>(from) % 16 == 0;
#pragma unroll
    for (int i = 0; i < loads; i++) {
      int row = row0 + acrossOf(i);
      int k = k0 + depthOf(i);
      if (aligned && row < across && k < depth) {
        size_t place = transposed ? static_cast<size_t>(k) * across + row
                                  : static_cast<size_t>(row) * depth + k;
        loaded[i] = *reinterpret_cast<const float4*>(from + place);
      } else {
        int rowStep = transposed ? 1 : 0;
        int depthStep = 1 - rowStep;
        loaded[i] = make_float4(at(row, k), at(row + rowStep, k + depthStep),
                                at(row + 2 * rowStep, k + 2 * depthStep),
                                at(row + 3 * rowStep, k + 3 * depthStep));
      }
    }
  }

  __device__ __forceinline__ void store(__nv_bfloat16* tile) const {
#pragma unroll
    for (int i = 0; i < loads; i++) {
      __nv_bfloat16* to = tile + acrossOf(i) * TENSOR_STRIDE + depthOf(i);
      int step = transposed ? TENSOR_STRIDE : 1;
      to[0] = __float2bfloat16(loaded[i].x);
      to[step] = __float2bfloat16(loaded[i].y);
      to[2 * step] = __float2bfloat16(loaded[i].z);
      to[3 * step] = __float2bfloat16(loaded[i].w);
    }
  }
};

// Formula: c (+)= op(a) op(b), the operands rounded to bfloat16
// Shapes: row-major 32-bit floats, op(a) m × k, op(b) k × n, c m × n
// Threads: a block for 128 × 64 of c, a warp for 32 × 32 of it
// Bytes moved: 4 of a n / 64 times, 4 of b m / 128 times, 4 or 8 of c
// Numerics: halves to even; products exact, sums in 32-bit floats in the order of k
// Source: dev.segue.kernels.Gemm; tiles as the PTX manual says of mma.m16n8k16 and ldmatrix
extern "C" __global__ void __launch_bounds__(256, 2)
    gemm_bfloat16(const float* __restrict__ a, const float* __restrict__ b, float* __restrict__ c,
                  int m, int n, int k, int transposeA, int transposeB, int accumulate) {
  // (128 + 64) · 80 bytes of dynamic shared memory.
  DYNAMIC_SHARED(__nv_bfloat16, left);
  __nv_bfloat16* right = left + TENSOR_ROWS * TENSOR_STRIDE;
  int tilesAcross = (n + TENSOR_COLUMNS - 1) / TENSOR_COLUMNS;
  int row0 = static_cast<int>(blockIdx.x / tilesAcross) * TENSOR_ROWS;
  int column0 = static_cast<int>(blockIdx.x % tilesAcross) * TENSOR_COLUMNS;
  int lane = threadIdx.x & 31;
  int warp = threadIdx.x >> 5;
  int warpRow = warp / 2 * 32;
  int warpColumn = warp % 2 * 32;
  float sums[2][4][4] = {};
  OperandTile<TENSOR_ROWS> leftTile{a, m, k, transposeA != 0, {}};
  // b lies as n × k where it is transposed, so it is read the other way round.
  OperandTile<TENSOR_COLUMNS> rightTile{b, n, k, transposeB == 0, {}};
  leftTile.load(row0, 0);
  rightTile.load(column0, 0);
  for (int k0 = 0; k0 < k; k0 += TENSOR_DEPTH) {
    leftTile.store(left);
    rightTile.store(right);
    __syncthreads();
    if (k0 + TENSOR_DEPTH < k) {
      // The next tile travels while this one is multiplied.
      leftTile.load(row0, k0 + TENSOR_DEPTH);
      rightTile.load(column0, k0 + TENSOR_DEPTH);
    }
#pragma unroll
    for (int step = 0; step < TENSOR_DEPTH; step += 16) {
      uint32_t x[2][4];
#pragma unroll
      for (int i = 0; i < 2; i++) {
        loadMatrix4(x[i], left + (warpRow + 16 * i + lane % 16) * TENSOR_STRIDE + step + lane / 16 * 8);
      }
#pragma unroll
      for (int j = 0; j < 4; j += 2) {
        // Two tiles of eight columns, each in two halves of the depth.
        uint32_t y[4];
        int column = warpColumn + 8 * j + lane / 16 * 8 + lane % 8;
        loadMatrix4(y, right + column * TENSOR_STRIDE + step + lane / 8 % 2 * 8);
#pragma unroll
        for (int i = 0; i < 2; i++) {
          mmaBf16(sums[i][j], x[i], y);
          mmaBf16(sums[i][j + 1], x[i], y + 2);
        }
      }
    }
    __syncthreads();
  }
#pragma unroll
  for (int i = 0; i < 2; i++) {
#pragma unroll
    for (int j = 0; j < 4; j++) {
#pragma unroll
      for (int e = 0; e < 4; e++) {
        int row = row0 + warpRow + 16 * i + lane / 4 + e / 2 * 8;
        int column = column0 + warpColumn + 8 * j + lane % 4 * 2 + e % 2;
        if (row < m && column < n) {
          float* to = c + static_cast<size_t>(row) * n + column;
          *to = accumulate ? *to + sums[i][j][e] : sums[i][j][e];
        }
      }
    }
  }
}
STAND_IN_KERNEL(gemm_bfloat16)
