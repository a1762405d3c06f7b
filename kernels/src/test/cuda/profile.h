// What devices of a compute capability can do.
#pragma once

namespace standIn {

struct Profile {
  int sharedPerBlock;           // the most dynamic shared memory that a kernel may be allowed
  int sharedPerMultiprocessor;
  int threadsPerMultiprocessor;
  int blocksPerMultiprocessor;
};

// Source: CUDA C++ Programming Guide, "Technical Specifications per Compute Capability".
constexpr Profile profileOf(long long capability) {
  switch (capability) {
    case 75: return {64 * 1024, 64 * 1024, 1024, 16};
    case 80: return {163 * 1024, 164 * 1024, 2048, 32};
    case 86: return {99 * 1024, 100 * 1024, 1536, 16};
    case 89: return {99 * 1024, 100 * 1024, 1536, 24};
    case 120: return {99 * 1024, 100 * 1024, 1536, 24};
    default: return {227 * 1024, 228 * 1024, 2048, 32};
  }
}

}  // namespace standIn
