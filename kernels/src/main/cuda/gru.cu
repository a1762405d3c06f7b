// The gates of a GRU at one step, forward and backward. Formulas: GruForward and GruBackward in Java.
// Rows are sequences that live at the step; gates lie in the order r, z, n.
#include "gru.cuh"

// Formula: r = σ(x_r + u_r), z = σ(x_z + u_z), n = tanh(x_n + r u_n), h' = (1 − z) n + z h
// Shapes: byInput, byHidden rows × 3H; before, hidden rows × H; gates rows × 4H; null: byHidden and
//   before for zeros, gates where no gradient is wanted
// Threads: a thread for a unit of a row
// Bytes moved: 24, with gates kept 40 for each element
// Numerics: expf and tanhf, 2 units in the last place
// Source: GruForward in Java
extern "C" __global__ void __launch_bounds__(256)
    gru_gates(const float* __restrict__ byInput, const float* __restrict__ byHidden,
              const float* __restrict__ inputBias, const float* __restrict__ recurrentBias,
              const float* __restrict__ before, float* __restrict__ hidden,
              float* __restrict__ gates, int rows, int size) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i >= rows * size) {
    return;
  }
  int row = i / size;
  int unit = i % size;
  size_t at = static_cast<size_t>(row) * 3 * size + unit;
  float x[3];
  float u[3];
#pragma unroll
  for (int gate = 0; gate < 3; gate++) {
    x[gate] = byInput[at + gate * size] + inputBias[gate * size + unit];
    u[gate] = (byHidden == nullptr ? 0.0f : byHidden[at + gate * size]) +
              recurrentBias[gate * size + unit];
  }
  GruGates all = GruGates::of(x, u);
  hidden[i] = all.state(before == nullptr ? 0.0f : before[i]);
  if (gates != nullptr) {
    float* kept = gates + static_cast<size_t>(row) * 4 * size + unit;
    kept[0] = all.r;
    kept[size] = all.z;
    kept[2 * size] = all.n;
    kept[3 * size] = all.a;
  }
}
STAND_IN_KERNEL(gru_gates)

// Formula: g = carried + hiddenGradient; the gradients by both products; carried = g z
// Shapes: gates rows × 4H, byInput and byHidden rows × 3H, the others rows × H
// Threads: a thread for a unit of a row
// Bytes moved: 56 for each element
// Numerics: 32-bit floats
// Source: GruBackward in Java
extern "C" __global__ void __launch_bounds__(256)
    gru_gates_backward(const float* __restrict__ gates, const float* __restrict__ before,
                       const float* __restrict__ hiddenGradient, float* __restrict__ carried,
                       float* __restrict__ byInput, float* __restrict__ byHidden, int rows,
                       int size) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i >= rows * size) {
    return;
  }
  int row = i / size;
  int unit = i % size;
  const float* kept = gates + static_cast<size_t>(row) * 4 * size + unit;
  GruGates all{kept[0], kept[size], kept[2 * size], kept[3 * size]};
  float g = carried[i] + hiddenGradient[i];
  GruGradients gradients = GruGradients::of(all, before[i], g);
  float* x = byInput + static_cast<size_t>(row) * 3 * size + unit;
  float* u = byHidden + static_cast<size_t>(row) * 3 * size + unit;
  x[0] = gradients.r;
  u[0] = gradients.r;
  x[size] = gradients.z;
  u[size] = gradients.z;
  x[2 * size] = gradients.n;
  u[2 * size] = gradients.a;
  carried[i] = g * all.z;
}
STAND_IN_KERNEL(gru_gates_backward)

// Formula: out[i] = ids[i] ≥ 0 ? hidden[ids[i]] : initial[−1 − ids[i]]
// Shapes: hidden and out rows × size; initial sequences × size, null for zeros
// Threads: a warp for each row, its lanes over units
// Bytes moved: 8 for each element
// Numerics: a copy
// Source: GruBackward in Java
extern "C" __global__ void __launch_bounds__(256)
    gru_states_before(const float* __restrict__ hidden, const float* __restrict__ initial,
                      const int* __restrict__ ids, float* __restrict__ out, int rows, int size) {
  int row = (blockIdx.x * blockDim.x + threadIdx.x) >> 5;
  if (row >= rows) {
    return;
  }
  int id = ids[row];
  const float* from = nullptr;
  if (id >= 0) {
    from = hidden + static_cast<size_t>(id) * size;
  } else if (initial != nullptr) {
    from = initial + static_cast<size_t>(-1 - id) * size;
  }
  for (int unit = threadIdx.x & 31; unit < size; unit += 32) {
    out[static_cast<size_t>(row) * size + unit] = from == nullptr ? 0.0f : from[unit];
  }
}
STAND_IN_KERNEL(gru_states_before)
