// The forward pass of a GRU in one kernel.
#include "gru_persistent.cuh"

struct GruForwardArguments {
  const float* byInput;
  const float* recurrent;
  const float* inputBias;
  const float* recurrentBias;
  const float* initial;
  const int* firstRows;
  float* hidden;
  float* gates;
  int steps;
};

// The forward pass of one cluster.
template <int size>
struct GruForwardCluster {
  const GruForwardArguments& to;
  GruThread<size> thread;
  uint32_t weights[3][size / 16][2];
  float inputBias[3][2];
  float recurrentBias[3][2];
  float2 byInput[2][3];
  float state[2][2];
  GruGates gates[2][2];

  __device__ __forceinline__ explicit GruForwardCluster(const GruForwardArguments& arguments)
      : to(arguments) {}

  __device__ __forceinline__ void loadWeights() {
#pragma unroll
    for (int gate = 0; gate < 3; gate++) {
      // Columns of the fragment are units.
      const float* row = to.recurrent +
                         static_cast<size_t>(gate * size + thread.firstUnit + thread.lane / 4) * size +
                         thread.lane % 4 * 2;
#pragma unroll
      for (int k = 0; k < size / 16; k++) {
#pragma unroll
        for (int half = 0; half < 2; half++) {
          float2 pair = loadPair(row + 16 * k + 8 * half);
          weights[gate][k][half] = pairOfBf16(pair.x, pair.y);
        }
      }
      float2 ofInput = loadPair(to.inputBias + gate * size + thread.unit);
      float2 ofState = loadPair(to.recurrentBias + gate * size + thread.unit);
      inputBias[gate][0] = ofInput.x;
      inputBias[gate][1] = ofInput.y;
      recurrentBias[gate][0] = ofState.x;
      recurrentBias[gate][1] = ofState.y;
    }
  }

  // The state before the first step: all of it for the product, rounded, and the thread's own units.
  __device__ __forceinline__ void begin(__nv_bfloat16* buffer, int sequences) {
    for (int i = threadIdx.x; i < GRU_SEQUENCES * size / 2; i += blockDim.x) {
      int row = i / (size / 2);
      int column = i % (size / 2) * 2;
      float2 pair = initialPair(thread.firstSequence + row, column, sequences);
      *reinterpret_cast<uint32_t*>(buffer + exchangePlace(row, column, size)) =
          pairOfBf16(pair.x, pair.y);
    }
#pragma unroll
    for (int half = 0; half < 2; half++) {
      float2 pair = initialPair(thread.sequence(half), thread.unit, sequences);
      state[half][0] = pair.x;
      state[half][1] = pair.y;
    }
  }

  __device__ __forceinline__ float2 initialPair(int sequence, int unit, int sequences) const {
    return to.initial == nullptr || sequence >= sequences
               ? make_float2(0.0f, 0.0f)
               : loadPair(to.initial + static_cast<size_t>(sequence) * size + unit);
  }

  // Loads the sums by the input at a step.
  __device__ __forceinline__ void loadInput(int firstRow, int live) {
#pragma unroll
    for (int half = 0; half < 2; half++) {
#pragma unroll
      for (int gate = 0; gate < 3; gate++) {
        byInput[half][gate] =
            thread.sequence(half) < live
                ? loadPair(to.byInput +
                           static_cast<size_t>(firstRow + thread.sequence(half)) * 3 * size +
                           gate * size + thread.unit)
                : make_float2(0.0f, 0.0f);
      }
    }
  }

  // Computes gates and state of a step; sequences that have ended keep their state.
  __device__ __forceinline__ void advance(const __nv_bfloat16* buffer, int live) {
    // Two sums for each, so that products wait less for each other.
    float sums[3][2][4] = {};
#pragma unroll
    for (int k = 0; k < size / 16; k++) {
      uint32_t tile[4];
      thread.loadTile(tile, buffer, 16 * k, size);
#pragma unroll
      for (int gate = 0; gate < 3; gate++) {
        mmaBf16(sums[gate][k % 2], tile, weights[gate][k]);
      }
    }
#pragma unroll
    for (int half = 0; half < 2; half++) {
#pragma unroll
      for (int item = 0; item < 2; item++) {
        float x[3];
        float u[3];
#pragma unroll
        for (int gate = 0; gate < 3; gate++) {
          float2 pair = byInput[half][gate];
          x[gate] = (item == 0 ? pair.x : pair.y) + inputBias[gate][item];
          int at = 2 * half + item;
          u[gate] = sums[gate][0][at] + sums[gate][1][at] + recurrentBias[gate][item];
        }
        gates[half][item] = GruGates::of(x, u);
        if (thread.sequence(half) < live) {
          state[half][item] = gates[half][item].state(state[half][item]);
        }
      }
    }
  }

  __device__ __forceinline__ void tellState(__nv_bfloat16* buffer) const {
#pragma unroll
    for (int half = 0; half < 2; half++) {
      thread.tellAll(buffer, half, thread.unit, size, state[half][0], state[half][1]);
    }
  }

  __device__ __forceinline__ void store(int firstRow, int live) const {
#pragma unroll
    for (int half = 0; half < 2; half++) {
      if (thread.sequence(half) >= live) {
        continue;
      }
      size_t row = static_cast<size_t>(firstRow + thread.sequence(half));
      storePair(to.hidden + row * size + thread.unit, state[half][0], state[half][1]);
      if (to.gates != nullptr) {
        const GruGates* two = gates[half];
        float* kept = to.gates + row * 4 * size + thread.unit;
        storePair(kept, two[0].r, two[1].r);
        storePair(kept + size, two[0].z, two[1].z);
        storePair(kept + 2 * size, two[0].n, two[1].n);
        storePair(kept + 3 * size, two[0].a, two[1].a);
      }
    }
  }

  __device__ __forceinline__ void run(__nv_bfloat16* buffers) {
    if (!gruHasClusters) {
      return;
    }
    int firstRow = to.firstRows[0];
    int nextRow = to.firstRows[1];
    begin(buffers, nextRow - firstRow);
    loadInput(firstRow, nextRow - firstRow);
    loadWeights();
    clusterSync();
    for (int step = 0;; step++) {
      int live = nextRow - firstRow;
      int nextLive = step + 1 < to.steps ? to.firstRows[step + 2] - nextRow : 0;
      bool isLast = nextLive <= thread.firstSequence;
      advance(buffers + step % 2 * GRU_SEQUENCES * size, live);
      if (!isLast) {
        tellState(buffers + (step + 1) % 2 * GRU_SEQUENCES * size);
        loadInput(nextRow, nextLive);
        clusterSync();
      }
      // Behind the barrier, which would wait for these writes.
      store(firstRow, live);
      if (isLast) {
        // Nobody touches this block's memory after the last barrier but itself: it may end.
        return;
      }
      firstRow = nextRow;
      nextRow += nextLive;
    }
  }
};

// Formula: gru_gates at every step, byHidden = h W_hᵀ
// Shapes: byInput N × 3H; recurrent 3H × H; biases 3H; initial B × H, null for zeros; firstRows
//   steps + 1; hidden N × H; gates N × 4H, null where no gradient is wanted; H 64, 128, 192 or 256
// Threads: a cluster of 8 blocks of H / 2 threads for 16 sequences
// Bytes moved: 16, with gates kept 32 for each element of hidden; 4 of recurrent for each cluster;
//   between blocks 16 for each element of hidden
// Numerics: operands of the recurrent product rounded to bfloat16, sums, states and gates in 32-bit
//   floats; each sum in two parts, its even and its odd tiles of 16; expf and tanhf
// Source: GruForward in Java; kept weights: Diamos et al. 2016, "Persistent RNNs"
extern "C" __global__ void __launch_bounds__(128)
    gru_forward_persistent(const float* __restrict__ byInput, const float* __restrict__ recurrent,
                           const float* __restrict__ inputBias,
                           const float* __restrict__ recurrentBias,
                           const float* __restrict__ initial, const int* __restrict__ firstRows,
                           float* __restrict__ hidden, float* __restrict__ gates, int steps,
                           int size) {
  // Two times 16 × H numbers in 16 bits.
  DYNAMIC_SHARED(__nv_bfloat16, buffers);
  GruForwardArguments to{byInput,   recurrent, inputBias, recurrentBias, initial,
                         firstRows, hidden,    gates,     steps};
  switch (size) {
    case 64: GruForwardCluster<64>(to).run(buffers); break;
    case 128: GruForwardCluster<128>(to).run(buffers); break;
    case 192: GruForwardCluster<192>(to).run(buffers); break;
    case 256: GruForwardCluster<256>(to).run(buffers); break;
    default: break;
  }
}
STAND_IN_KERNEL(gru_forward_persistent)
