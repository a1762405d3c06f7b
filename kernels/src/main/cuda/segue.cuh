// What every kernel file includes: the same sources are compiled by nvcc to PTX and, with
// SEGUE_STAND_IN defined, by g++ for the stand-in driver of the tests.
//
// A kernel is written
//
//   extern "C" __global__ void __launch_bounds__(256) name(parameters) { ... }
//   STAND_IN_KERNEL(name)
//
// takes dynamic shared memory by DYNAMIC_SHARED(type, name), and uses no other header. What
// processors differ in goes through the functions below; where __CUDA_ARCH__ is too low they stop
// the kernel with an error, so that a wrong choice of the host is seen at once.
#pragma once

#ifdef SEGUE_STAND_IN
#include "stand_in.h"
#else

#include <cstdint>
#include <cuda_bf16.h>
#include <cuda_fp16.h>

// Lets the stand-in driver find a kernel.
#define STAND_IN_KERNEL(kernel)

// The block's dynamic shared memory, aligned to 16 bytes.
#define DYNAMIC_SHARED(type, name)                             \
  extern __shared__ __align__(16) unsigned char segueShared[]; \
  type* const name = reinterpret_cast<type*>(segueShared)

#if defined(__CUDA_ARCH__) && __CUDA_ARCH__ >= 900
// Fixes the blocks of a cluster, so that a plain launch makes clusters.
#define CLUSTER_SIZE(blocks) __cluster_dims__(blocks, 1, 1)
#else
#define CLUSTER_SIZE(blocks)
#endif

// Shared memory's own address of a pointer into it, as PTX instructions want it.
__device__ __forceinline__ uint32_t sharedAddress(const void* shared) {
  return static_cast<uint32_t>(__cvta_generic_to_shared(shared));
}

// c += a b for a 16 × 16 tile of bfloat16 by rows, a 16 × 8 tile by columns, sums in float; one warp.
// Fragments: PTX manual, "Matrix Fragments for mma.m16n8k16 with floating point type". From sm_80 on.
__device__ __forceinline__ void mmaBf16(float c[4], const uint32_t a[4], const uint32_t b[2]) {
#if __CUDA_ARCH__ >= 800
  asm volatile(
      "mma.sync.aligned.m16n8k16.row.col.f32.bf16.bf16.f32 "
      "{%0, %1, %2, %3}, {%4, %5, %6, %7}, {%8, %9}, {%0, %1, %2, %3};"
      : "+f"(c[0]), "+f"(c[1]), "+f"(c[2]), "+f"(c[3])
      : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "r"(b[0]), "r"(b[1]));
#else
  __trap();
#endif
}

// The same with fp16 operands. From sm_80 on.
__device__ __forceinline__ void mmaFp16(float c[4], const uint32_t a[4], const uint32_t b[2]) {
#if __CUDA_ARCH__ >= 800
  asm volatile(
      "mma.sync.aligned.m16n8k16.row.col.f32.f16.f16.f32 "
      "{%0, %1, %2, %3}, {%4, %5, %6, %7}, {%8, %9}, {%0, %1, %2, %3};"
      : "+f"(c[0]), "+f"(c[1]), "+f"(c[2]), "+f"(c[3])
      : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "r"(b[0]), "r"(b[1]));
#else
  __trap();
#endif
}

// c += a b for a 16 × 8 tile of TF32 by rows, an 8 × 8 tile by columns; operands from toTf32.
// Fragments: "Matrix Fragments for mma.m16n8k8". From sm_80 on.
__device__ __forceinline__ void mmaTf32(float c[4], const uint32_t a[4], const uint32_t b[2]) {
#if __CUDA_ARCH__ >= 800
  asm volatile(
      "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 "
      "{%0, %1, %2, %3}, {%4, %5, %6, %7}, {%8, %9}, {%0, %1, %2, %3};"
      : "+f"(c[0]), "+f"(c[1]), "+f"(c[2]), "+f"(c[3])
      : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "r"(b[0]), "r"(b[1]));
#else
  __trap();
#endif
}

// The bits of x rounded to 10 bits of fraction, halves away from zero. From sm_80 on.
__device__ __forceinline__ uint32_t toTf32(float x) {
  uint32_t bits = 0;
#if __CUDA_ARCH__ >= 800
  asm("cvt.rna.tf32.f32 %0, %1;" : "=r"(bits) : "f"(x));
#else
  __trap();
#endif
  return bits;
}

// Loads four 8 × 8 tiles of 16-bit values from shared memory: lane l names row l % 8 of tile l / 8,
// aligned to 16 bytes, and gets columns 2 (l % 4) and 2 (l % 4) + 1 of row l / 4 of each tile.
__device__ __forceinline__ void loadMatrix4(uint32_t tiles[4], const void* row) {
  asm volatile("ldmatrix.sync.aligned.m8n8.x4.shared.b16 {%0, %1, %2, %3}, [%4];"
               : "=r"(tiles[0]), "=r"(tiles[1]), "=r"(tiles[2]), "=r"(tiles[3])
               : "r"(sharedAddress(row))
               : "memory");
}

// The same with each tile transposed.
__device__ __forceinline__ void loadMatrix4Transposed(uint32_t tiles[4], const void* row) {
  asm volatile("ldmatrix.sync.aligned.m8n8.x4.trans.shared.b16 {%0, %1, %2, %3}, [%4];"
               : "=r"(tiles[0]), "=r"(tiles[1]), "=r"(tiles[2]), "=r"(tiles[3])
               : "r"(sharedAddress(row))
               : "memory");
}

// Copies 16 bytes from global to shared memory, both aligned to 16 bytes; they are there after
// copyAsyncWait, and for other threads after a barrier behind that. Before sm_80 a plain copy.
__device__ __forceinline__ void copyAsync16(void* shared, const void* global) {
#if __CUDA_ARCH__ >= 800
  asm volatile("cp.async.cg.shared.global [%0], [%1], 16;"
               :
               : "r"(sharedAddress(shared)), "l"(__cvta_generic_to_global(global))
               : "memory");
#else
  *static_cast<uint4*>(shared) = *static_cast<const uint4*>(global);
#endif
}

// Ends a group of this thread's copies.
__device__ __forceinline__ void copyAsyncCommit() {
#if __CUDA_ARCH__ >= 800
  asm volatile("cp.async.commit_group;" : : : "memory");
#endif
}

// Waits for this thread's groups, but for the youngest `pending`.
template <int pending>
__device__ __forceinline__ void copyAsyncWait() {
#if __CUDA_ARCH__ >= 800
  asm volatile("cp.async.wait_group %0;" : : "n"(pending) : "memory");
#endif
}

// This block's number in its cluster, from 0. From sm_90 on.
__device__ __forceinline__ unsigned clusterRank() {
  unsigned rank = 0;
#if __CUDA_ARCH__ >= 900
  asm("mov.u32 %0, %%cluster_ctarank;" : "=r"(rank));
#else
  __trap();
#endif
  return rank;
}

// Waits for all threads of the cluster; writes before it are seen behind it, those through
// mapShared too. Converged warps only. From sm_90 on.
__device__ __forceinline__ void clusterSync() {
#if __CUDA_ARCH__ >= 900
  // Release and acquire, which only PTX 8.0 lets one write down.
  asm volatile("barrier.cluster.arrive.aligned;" : : : "memory");
  asm volatile("barrier.cluster.wait.aligned;" : : : "memory");
#else
  __trap();
#endif
}

// Where a pointer into this block's shared memory points to in another block of the cluster. A
// block must not end before the last access to its memory: end with clusterSync. From sm_90 on.
template <typename T>
__device__ __forceinline__ T* mapShared(T* shared, unsigned rank) {
#if __CUDA_ARCH__ >= 900
  uint64_t address;
  asm("mapa.u64 %0, %1, %2;" : "=l"(address) : "l"(reinterpret_cast<uint64_t>(shared)), "r"(rank));
  return reinterpret_cast<T*>(address);
#else
  __trap();
  return shared;
#endif
}

#endif
