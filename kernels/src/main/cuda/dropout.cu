// Dropout by the counter-based generator Philox 4x32-10, the very masks of the CPU.
// Source: Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011, section 4.
#include "segue.cuh"

// Four words of the counter (low, high) under a key.
__device__ __forceinline__ void philox(uint64_t key, uint64_t low, uint64_t high,
                                       uint32_t words[4]) {
  uint32_t c0 = static_cast<uint32_t>(low);
  uint32_t c1 = static_cast<uint32_t>(low >> 32);
  uint32_t c2 = static_cast<uint32_t>(high);
  uint32_t c3 = static_cast<uint32_t>(high >> 32);
  uint32_t k0 = static_cast<uint32_t>(key);
  uint32_t k1 = static_cast<uint32_t>(key >> 32);
#pragma unroll
  for (int round = 0; round < 10; round++) {
    uint64_t product0 = static_cast<uint64_t>(0xD2511F53u) * c0;
    uint64_t product1 = static_cast<uint64_t>(0xCD9E8D57u) * c2;
    c0 = static_cast<uint32_t>(product1 >> 32) ^ c1 ^ k0;
    c1 = static_cast<uint32_t>(product1);
    c2 = static_cast<uint32_t>(product0 >> 32) ^ c3 ^ k1;
    c3 = static_cast<uint32_t>(product0);
    k0 += 0x9E3779B9u;
    k1 += 0xBB67AE85u;
  }
  words[0] = c0;
  words[1] = c1;
  words[2] = c2;
  words[3] = c3;
}

// Formula: out[i] = uniform(i) ≥ p ? in[i] / (1 − p) : 0; out may be in
// Shapes: count elements; keyAndStream: two 64-bit numbers
// Threads: a thread for four elements, one counter of Philox
// Bytes moved: 8 for each element
// Numerics: the very mask of the CPU: multiples of 2⁻²⁴
// Source: Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011, section 4
extern "C" __global__ void __launch_bounds__(256)
    dropout(const float* in, float* out, long long count, float p,
            const unsigned long long* __restrict__ keyAndStream) {
  uint64_t key = keyAndStream[0];
  uint64_t stream = keyAndStream[1];
  float scale = 1 / (1 - p);
  long long blocks = (count + 3) / 4;
  long long stride = static_cast<long long>(gridDim.x) * blockDim.x;
  for (long long block = static_cast<long long>(blockIdx.x) * blockDim.x + threadIdx.x;
       block < blocks; block += stride) {
    uint32_t words[4];
    philox(key, static_cast<uint64_t>(block), stream, words);
    for (int i = 0; i < 4; i++) {
      long long at = 4 * block + i;
      if (at < count) {
        float uniform = static_cast<float>(words[i] >> 8) * 0x1p-24f;
        out[at] = uniform >= p ? in[at] * scale : 0.0f;
      }
    }
  }
}
STAND_IN_KERNEL(dropout)
