// Optimisers, dense and for the rows that occur, and the norm of gradients. Formulas: Adam, Adagrad
// and GradientClipping in Java. What changes from step to step is read from memory.
#include "reduce.cuh"
#include "rows.cuh"

// Constants of a step of Adam: rate, β₁, 1 − β₁, β₂, 1 − β₂, ε, 1 / (1 − β₁ᵗ), 1 / (1 − β₂ᵗ).
struct AdamStep {
  float rate, beta1, rest1, beta2, rest2, epsilon, correction1, correction2;

  __device__ __forceinline__ explicit AdamStep(const float* c)
      : rate(c[0]), beta1(c[1]), rest1(c[2]), beta2(c[3]), rest2(c[4]), epsilon(c[5]),
        correction1(c[6]), correction2(c[7]) {}

  __device__ __forceinline__ void element(float* p, float g, float* m, float* v) const {
    float first = beta1 * *m + rest1 * g;
    float second = beta2 * *v + rest2 * g * g;
    *m = first;
    *v = second;
    *p -= rate * (first * correction1) / (sqrtf(second * correction2) + epsilon);
  }
};

// rate, μ, ε; `w` is null without momentum.
__device__ __forceinline__ void adagradElement(float& p, float g, float& a, float* w,
                                               const float* c) {
  a += g * g;
  float change = -c[0] * g / (sqrtf(a) + c[2]);
  if (w != nullptr) {
    change = c[1] * *w + change;
    *w = change;
  }
  p += change;
}

// Formula: m = β₁ m + (1 − β₁) g, v = β₂ v + (1 − β₂) g², p −= rate m̂ / (√v̂ + ε), g = 0
// Shapes: count elements each; 8 constants, see AdamStep
// Threads: a thread for an element, in strides of the grid
// Bytes moved: 28 for each element
// Numerics: 32-bit floats; 1 − β and 1 / (1 − βᵗ) rounded from 64 bits
// Source: Adam in Java
extern "C" __global__ void __launch_bounds__(256, 4)
    adam(float* __restrict__ p, float* __restrict__ g, float* __restrict__ m,
         float* __restrict__ v, long long count, const float* __restrict__ constants) {
  AdamStep step(constants);
  long long stride = static_cast<long long>(gridDim.x) * blockDim.x;
  for (long long i = static_cast<long long>(blockIdx.x) * blockDim.x + threadIdx.x; i < count;
       i += stride) {
    step.element(p + i, g[i], m + i, v + i);
    g[i] = 0;
  }
}
STAND_IN_KERNEL(adam)

// Formula: a += g², w = μ w − rate g / (√a + ε), p += w, g = 0
// Shapes: count elements each, w null without momentum; 3 constants
// Threads: a thread for an element, in strides of the grid
// Bytes moved: 24, with momentum 32 for each element
// Numerics: 32-bit floats
// Source: Adagrad in Java
extern "C" __global__ void __launch_bounds__(256)
    adagrad(float* __restrict__ p, float* __restrict__ g, float* __restrict__ a, float* w,
            long long count, const float* __restrict__ constants) {
  long long stride = static_cast<long long>(gridDim.x) * blockDim.x;
  for (long long i = static_cast<long long>(blockIdx.x) * blockDim.x + threadIdx.x; i < count;
       i += stride) {
    adagradElement(p[i], g[i], a[i], w == nullptr ? nullptr : w + i, constants);
    g[i] = 0;
  }
}
STAND_IN_KERNEL(adagrad)

// Formula: adam for the rows that occur, g the sum of a row's gradients
// Shapes: p, m, v V × columns; values: the address of each part's gradients; groups: IdGroups
// Threads: a warp for each distinct id, its lanes over columns
// Bytes moved: 24 of each distinct row, 4 of each gradient
// Numerics: sums in the order of places, no atomics
// Source: AdamRows in Java
extern "C" __global__ void __launch_bounds__(256)
    adam_rows(float* __restrict__ p, float* __restrict__ m, float* __restrict__ v,
              const long long* __restrict__ values, const int* __restrict__ groups,
              const float* __restrict__ constants, int places, int columns) {
  AdamStep step(constants);
  IdGroups ids{groups, places};
  int group = warpOfGrid();
  if (group >= ids.count()) {
    return;
  }
  size_t row = static_cast<size_t>(ids.id(group)) * columns;
  for (int column = threadIdx.x & 31; column < columns; column += 32) {
    float g = ids.sum(group, values, column, columns);
    step.element(p + row + column, g, m + row + column, v + row + column);
  }
}
STAND_IN_KERNEL(adam_rows)

// Formula: adagrad for the rows that occur, g the sum of a row's gradients
// Shapes: p, a, w V × columns, w null without momentum; values and groups as adam_rows
// Threads: a warp for each distinct id, its lanes over columns
// Bytes moved: 16 of each distinct row, with momentum 24, 4 of each gradient
// Numerics: sums in the order of places, no atomics
// Source: AdagradRows in Java
extern "C" __global__ void __launch_bounds__(256)
    adagrad_rows(float* __restrict__ p, float* __restrict__ a, float* w,
                 const long long* __restrict__ values, const int* __restrict__ groups,
                 const float* __restrict__ constants, int places, int columns) {
  IdGroups ids{groups, places};
  int group = warpOfGrid();
  if (group >= ids.count()) {
    return;
  }
  size_t row = static_cast<size_t>(ids.id(group)) * columns;
  for (int column = threadIdx.x & 31; column < columns; column += 32) {
    float g = ids.sum(group, values, column, columns);
    adagradElement(p[row + column], g, a[row + column],
                   w == nullptr ? nullptr : w + row + column, constants);
  }
}
STAND_IN_KERNEL(adagrad_rows)

// Formula: sums[block] = Σ x_i²
// Shapes: count elements, a sum for each block
// Threads: a thread for an element, in strides of the grid
// Bytes moved: 4 for each element
// Numerics: 64 bits, in an order that the grid fixes
// Source: GradientClipping in Java
extern "C" __global__ void __launch_bounds__(256)
    square_sums(const float* __restrict__ x, long long count, double* __restrict__ sums) {
  __shared__ double scratch[REDUCTION_WARPS];
  double sum = 0;
  long long stride = static_cast<long long>(gridDim.x) * blockDim.x;
  for (long long i = static_cast<long long>(blockIdx.x) * blockDim.x + threadIdx.x; i < count;
       i += stride) {
    sum += static_cast<double>(x[i]) * x[i];
  }
  sum = blockSum(sum, scratch);
  if (threadIdx.x == 0) {
    sums[blockIdx.x] = sum;
  }
}
STAND_IN_KERNEL(square_sums)

// Formula: sums[block] = Σ (Σ of a row's gradients)²
// Shapes: values and groups as adam_rows, a sum for each block
// Threads: a warp for each distinct id, in strides of the grid
// Bytes moved: 4 of each gradient
// Numerics: rows summed in 32 bits, squares in 64
// Source: GradientClipping in Java
extern "C" __global__ void __launch_bounds__(256)
    row_square_sums(const long long* __restrict__ values, const int* __restrict__ groups,
                    double* __restrict__ sums, int places, int columns) {
  __shared__ double scratch[REDUCTION_WARPS];
  IdGroups ids{groups, places};
  double sum = 0;
  int warps = (gridDim.x * blockDim.x) >> 5;
  for (int group = warpOfGrid(); group < ids.count(); group += warps) {
    for (int column = threadIdx.x & 31; column < columns; column += 32) {
      double g = ids.sum(group, values, column, columns);
      sum += g * g;
    }
  }
  sum = blockSum(sum, scratch);
  if (threadIdx.x == 0) {
    sums[blockIdx.x] = sum;
  }
}
STAND_IN_KERNEL(row_square_sums)

// Formula: norm = √Σ sums, factor = min(1, bound / norm)
// Shapes: count sums
// Threads: one block
// Bytes moved: 8 of each sum
// Numerics: 64 bits, in a fixed order
// Source: GradientClipping in Java
extern "C" __global__ void __launch_bounds__(256)
    gradient_norm(const double* __restrict__ sums, int count, const double* __restrict__ bound,
                  double* __restrict__ norm, float* __restrict__ factor) {
  __shared__ double scratch[REDUCTION_WARPS];
  double sum = 0;
  for (int i = threadIdx.x; i < count; i += blockDim.x) {
    sum += sums[i];
  }
  sum = blockSum(sum, scratch);
  if (threadIdx.x == 0) {
    double root = sqrt(sum);
    *norm = root;
    *factor = root > *bound ? static_cast<float>(*bound / root) : 1.0f;
  }
}
STAND_IN_KERNEL(gradient_norm)

// Formula: x *= factor
// Shapes: count elements
// Threads: a thread for an element, in strides of the grid
// Bytes moved: 8, none where the factor is 1 for each element
// Numerics: one product
// Source: GradientClipping in Java
extern "C" __global__ void __launch_bounds__(256)
    scale(float* __restrict__ x, long long count, const float* __restrict__ factor) {
  float by = *factor;
  if (by == 1) {
    return;
  }
  long long stride = static_cast<long long>(gridDim.x) * blockDim.x;
  for (long long i = static_cast<long long>(blockIdx.x) * blockDim.x + threadIdx.x; i < count;
       i += stride) {
    x[i] *= by;
  }
}
STAND_IN_KERNEL(scale)
