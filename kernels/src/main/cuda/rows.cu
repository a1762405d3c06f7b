// Rows of tables by id: gathering them, and adding to them without atomics. A warp works on a row.
#include "rows.cuh"

// Formula: out[i] = table[ids[i]]
// Shapes: table V × columns, out rows × columns
// Threads: a warp for each row, its lanes over columns
// Bytes moved: 8 for each element
// Numerics: a copy
// Source: GatherRows in Java
extern "C" __global__ void __launch_bounds__(256)
    gather_rows(const float* __restrict__ table, const int* __restrict__ ids,
                float* __restrict__ out, int rows, int columns) {
  int row = warpOfGrid();
  if (row >= rows) {
    return;
  }
  const float* from = table + static_cast<size_t>(ids[row]) * columns;
  float* to = out + static_cast<size_t>(row) * columns;
  for (int column = threadIdx.x & 31; column < columns; column += 32) {
    to[column] = from[column];
  }
}
STAND_IN_KERNEL(gather_rows)

// Formula: target[ids[i]] += rows[i]
// Shapes: rows places × columns, target V × columns
// Threads: a warp for each distinct id, its lanes over columns
// Bytes moved: 4 of each row, 8 of each distinct row
// Numerics: sums in the order of i, no atomics
// Source: ScatterAddRows in Java
extern "C" __global__ void __launch_bounds__(256)
    scatter_add_rows(const float* __restrict__ rows, const int* __restrict__ groups,
                     float* __restrict__ target, int places, int columns) {
  IdGroups ids{groups, places};
  int group = warpOfGrid();
  if (group >= ids.count()) {
    return;
  }
  float* to = target + static_cast<size_t>(ids.id(group)) * columns;
  for (int column = threadIdx.x & 31; column < columns; column += 32) {
    float sum = to[column];
    int end = ids.start(group + 1);
    for (int i = ids.start(group); i < end; i++) {
      sum += rows[static_cast<size_t>(ids.place(i)) * columns + column];
    }
    to[column] = sum;
  }
}
STAND_IN_KERNEL(scatter_add_rows)
