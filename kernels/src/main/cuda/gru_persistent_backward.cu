// The backward pass of a GRU in one kernel.
#include "gru_persistent.cuh"

struct GruBackwardArguments {
  const float* gates;
  const float* before;
  const float* hiddenGradient;
  const float* recurrent;
  const int* firstRows;
  float* byInput;
  float* byHidden;
  float* initialGradient;
  int steps;
};

// The backward pass of one cluster.
template <int size>
struct GruBackwardCluster {
  static constexpr int width = 3 * size;

  const GruBackwardArguments& to;
  GruThread<size> thread;
  uint32_t weights[width / 16][2];
  // What a step reads: r, z, n, a, the state before and the gradient of the state.
  float2 loaded[2][6];
  float carried[2][2];
  GruGradients gradients[2][2];

  __device__ __forceinline__ explicit GruBackwardCluster(const GruBackwardArguments& arguments)
      : to(arguments), carried{} {}

  __device__ __forceinline__ void loadWeights() {
    // Columns of the fragment are units before the product, rows are gates.
    const float* column = to.recurrent + static_cast<size_t>(thread.lane % 4 * 2) * size +
                          thread.firstUnit + thread.lane / 4;
#pragma unroll
    for (int k = 0; k < width / 16; k++) {
#pragma unroll
      for (int half = 0; half < 2; half++) {
        const float* at = column + static_cast<size_t>(16 * k + 8 * half) * size;
        weights[k][half] = pairOfBf16(at[0], at[size]);
      }
    }
  }

  // Loads what a step reads.
  __device__ __forceinline__ void load(int firstRow, int live) {
#pragma unroll
    for (int half = 0; half < 2; half++) {
      if (thread.sequence(half) < live) {
        size_t row = static_cast<size_t>(firstRow + thread.sequence(half));
#pragma unroll
        for (int gate = 0; gate < 4; gate++) {
          loaded[half][gate] = loadPair(to.gates + (4 * row + gate) * size + thread.unit);
        }
        loaded[half][4] = loadPair(to.before + row * size + thread.unit);
        loaded[half][5] = loadPair(to.hiddenGradient + row * size + thread.unit);
      } else {
        // Sequences that have ended have no gradients.
#pragma unroll
        for (int i = 0; i < 6; i++) {
          loaded[half][i] = make_float2(0.0f, 0.0f);
        }
      }
    }
  }

  static __device__ __forceinline__ float item(float2 pair, int i) {
    return i == 0 ? pair.x : pair.y;
  }

  // Computes the gradients of a step's gates, and what reaches the state before past them.
  __device__ __forceinline__ void gatesBackward() {
#pragma unroll
    for (int half = 0; half < 2; half++) {
#pragma unroll
      for (int i = 0; i < 2; i++) {
        const float2* pairs = loaded[half];
        GruGates all{item(pairs[0], i), item(pairs[1], i), item(pairs[2], i), item(pairs[3], i)};
        float g = carried[half][i] + item(pairs[5], i);
        gradients[half][i] = GruGradients::of(all, item(pairs[4], i), g);
        carried[half][i] = g * all.z;
      }
    }
  }

  __device__ __forceinline__ void tellGradients(__nv_bfloat16* buffer) const {
#pragma unroll
    for (int half = 0; half < 2; half++) {
      const GruGradients* two = gradients[half];
      int column = thread.unit;
      thread.tellAll(buffer, half, column, width, two[0].r, two[1].r);
      thread.tellAll(buffer, half, column + size, width, two[0].z, two[1].z);
      thread.tellAll(buffer, half, column + 2 * size, width, two[0].a, two[1].a);
    }
  }

  __device__ __forceinline__ void store(int firstRow, int live) const {
#pragma unroll
    for (int half = 0; half < 2; half++) {
      if (thread.sequence(half) >= live) {
        continue;
      }
      size_t row = static_cast<size_t>(firstRow + thread.sequence(half));
      const GruGradients* two = gradients[half];
      float* x = to.byInput + row * width + thread.unit;
      float* u = to.byHidden + row * width + thread.unit;
      storePair(x, two[0].r, two[1].r);
      storePair(u, two[0].r, two[1].r);
      storePair(x + size, two[0].z, two[1].z);
      storePair(u + size, two[0].z, two[1].z);
      storePair(x + 2 * size, two[0].n, two[1].n);
      storePair(u + 2 * size, two[0].a, two[1].a);
    }
  }

  // Adds to the carried gradient what goes through the recurrent weights.
  __device__ __forceinline__ void carry(const __nv_bfloat16* buffer) {
    // Four sums for each, so that products wait less for each other.
    float sums[4][4] = {};
#pragma unroll
    for (int k = 0; k < width / 16; k++) {
      uint32_t tile[4];
      thread.loadTile(tile, buffer, 16 * k, width);
      mmaBf16(sums[k % 4], tile, weights[k]);
    }
#pragma unroll
    for (int half = 0; half < 2; half++) {
#pragma unroll
      for (int i = 0; i < 2; i++) {
        int at = 2 * half + i;
        carried[half][i] += (sums[0][at] + sums[1][at]) + (sums[2][at] + sums[3][at]);
      }
    }
  }

  __device__ __forceinline__ void storeInitialGradient() const {
#pragma unroll
    for (int half = 0; half < 2; half++) {
      if (thread.sequence(half) < to.firstRows[1]) {
        storePair(to.initialGradient + static_cast<size_t>(thread.sequence(half)) * size + thread.unit,
                  carried[half][0], carried[half][1]);
      }
    }
  }

  __device__ __forceinline__ void run(__nv_bfloat16* buffers) {
    if (!gruHasClusters) {
      return;
    }
    int step = to.steps - 1;
    while (to.firstRows[step + 1] - to.firstRows[step] <= thread.firstSequence) {
      step--;
    }
    int firstRow = to.firstRows[step];
    int live = to.firstRows[step + 1] - firstRow;
    load(firstRow, live);
    loadWeights();
    // Other blocks' memory may be written when they have begun.
    clusterSync();
    for (;; step--) {
      __nv_bfloat16* buffer = buffers + step % 2 * GRU_SEQUENCES * width;
      gatesBackward();
      bool isCarried = step > 0 || to.initialGradient != nullptr;
      int nextRow = step > 0 ? to.firstRows[step - 1] : 0;
      int nextLive = firstRow - nextRow;
      if (isCarried) {
        tellGradients(buffer);
        load(nextRow, nextLive);
        clusterSync();
      }
      // Behind the barrier, which would wait for these writes.
      store(firstRow, live);
      if (isCarried) {
        carry(buffer);
      }
      if (step == 0) {
        break;
      }
      firstRow = nextRow;
      live = nextLive;
    }
    if (to.initialGradient != nullptr) {
      storeInitialGradient();
    }
  }
};

// Formula: gru_gates_backward at every step from the last, then carried += byHidden W_h
// Shapes: gates N × 4H; before, hiddenGradient N × H; recurrent 3H × H; firstRows steps + 1; byInput,
//   byHidden N × 3H; initialGradient B × H, null where it is not wanted; H 64, 128, 192 or 256
// Threads: a cluster of 8 blocks of H / 2 threads for 16 sequences
// Bytes moved: 48 for each element of before; 4 of recurrent for each cluster; between blocks 48 for
//   each element of before
// Numerics: operands of the product rounded to bfloat16, sums and carried gradients in 32-bit floats;
//   each sum in four parts, the tiles of 16 in turn
// Source: GruBackward in Java; kept weights: Diamos et al. 2016, "Persistent RNNs"
extern "C" __global__ void __launch_bounds__(128)
    gru_backward_persistent(const float* __restrict__ gates, const float* __restrict__ before,
                            const float* __restrict__ hiddenGradient,
                            const float* __restrict__ recurrent, const int* __restrict__ firstRows,
                            float* __restrict__ byInput, float* __restrict__ byHidden,
                            float* __restrict__ initialGradient, int steps, int size) {
  // Two times 16 × 3H numbers in 16 bits: at most 48 kB, which every block may have.
  DYNAMIC_SHARED(__nv_bfloat16, buffers);
  GruBackwardArguments to{gates,   before,   hiddenGradient,  recurrent, firstRows,
                          byInput, byHidden, initialGradient, steps};
  switch (size) {
    case 64: GruBackwardCluster<64>(to).run(buffers); break;
    case 128: GruBackwardCluster<128>(to).run(buffers); break;
    case 192: GruBackwardCluster<192>(to).run(buffers); break;
    case 256: GruBackwardCluster<256>(to).run(buffers); break;
    default: break;
  }
}
STAND_IN_KERNEL(gru_backward_persistent)
