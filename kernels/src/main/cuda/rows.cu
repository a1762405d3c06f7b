// Rows of tables.
#include "segue.cuh"

// Formula: result[i, :] = table[ids[i], :]
// Shapes: table [items, width], ids [rows], result [rows, width]
// Threads: blocks over rows in strides of the grid, threads over columns
// Bytes moved: 8 per element of the result
// Numerics: none, values are copied
// Source: dev.segue.kernels.GatherRows
extern "C" __global__ void __launch_bounds__(256)
    gather_rows(const float* __restrict__ table, const int* __restrict__ ids,
                float* __restrict__ result, int rows, int width) {
  for (int row = blockIdx.x; row < rows; row += gridDim.x) {
    const float* from = table + static_cast<size_t>(ids[row]) * width;
    float* to = result + static_cast<size_t>(row) * width;
    for (int column = threadIdx.x; column < width; column += blockDim.x) {
      to[column] = from[column];
    }
  }
}
STAND_IN_KERNEL(gather_rows)
