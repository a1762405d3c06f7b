// What CUDA's compiler gives to kernels, for g++: qualifiers, built-in variables and functions, and
// the emulation of what segue.cuh declares. __CUDA_ARCH__ comes from the command line.
#pragma once

#include <cstddef>
#include <cstdint>

#include "device_math.h"
#include "device_memory.h"
#include "device_tensor.h"
#include "device_warp.h"
#include "grid.h"
#include "small_floats.h"
#include "vector_types.h"

#define __global__
#define __device__
#define __host__
#define __forceinline__ inline __attribute__((always_inline))
#define __launch_bounds__(...)
#define __align__(bytes) __attribute__((aligned(bytes)))
#define CLUSTER_SIZE(blocks)

// One block runs at a time; its static shared memory lies with that of the other kernels, so that it
// can be filled with NaN before each block. A cluster's kernels have dynamic shared memory only.
#define __shared__ static __attribute__((section("segue_shared")))
extern unsigned char __start_segue_shared[] __attribute__((weak, visibility("hidden")));
extern unsigned char __stop_segue_shared[] __attribute__((weak, visibility("hidden")));

#define DYNAMIC_SHARED(type, name) \
  type* const name = static_cast<type*>(static_cast<void*>(standIn::current.shared))

#define threadIdx (standIn::current.thread)
#define blockIdx (standIn::current.block)
#define blockDim (standIn::current.threads)
#define gridDim (standIn::current.blocks)
constexpr int warpSize = 32;

// The tests' own kernels serve modules of every architecture.
#ifdef STAND_IN_OWN_KERNELS
#define STAND_IN_REGISTERED 0
#else
#define STAND_IN_REGISTERED __CUDA_ARCH__
#endif
#define STAND_IN_KERNEL(kernel) \
  static const standIn::Registration kernel##Registration(#kernel, kernel, STAND_IN_REGISTERED, \
                                                         __start_segue_shared, __stop_segue_shared);
