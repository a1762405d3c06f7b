// Loads, stores, atomics and asynchronous copies.
#pragma once

#include <cstddef>
#include <cstdint>

#include "grid.h"
#include "vector_types.h"

// Threads take turns and change only where they wait, so that atomics are plain operations; they are
// not checked against each other.
#define STAND_IN_UNCHECKED inline __attribute__((no_sanitize("thread")))
#define STAND_IN_ATOMIC(name, type, expression)             \
  STAND_IN_UNCHECKED type name(type* address, type value) { \
    standIn::noteAtomic();                                  \
    const type old = *address;                              \
    *address = (expression);                                \
    return old;                                             \
  }
#define STAND_IN_ATOMICS(type)                                    \
  STAND_IN_ATOMIC(atomicMax, type, old < value ? value : old)     \
  STAND_IN_ATOMIC(atomicMin, type, value < old ? value : old)     \
  STAND_IN_ATOMIC(atomicOr, type, old | value)                    \
  STAND_IN_ATOMIC(atomicAnd, type, old & value)                   \
  STAND_IN_ATOMIC(atomicXor, type, old ^ value)                   \
  STAND_IN_ATOMIC(atomicExch, type, value)                        \
  STAND_IN_UNCHECKED type atomicCAS(type* address, type expected, type value) { \
    standIn::noteAtomic(); \
    const type old = *address;                                    \
    if (old == expected) {                                        \
      *address = value;                                           \
    }                                                             \
    return old;                                                   \
  }
STAND_IN_ATOMICS(int)
STAND_IN_ATOMICS(unsigned)
STAND_IN_ATOMICS(unsigned long long)
STAND_IN_UNCHECKED int atomicAdd(int* address, int value) {
  standIn::noteAtomic();
  const int old = *address;
  *address = static_cast<int>(static_cast<unsigned>(old) + static_cast<unsigned>(value));
  return old;
}
STAND_IN_ATOMIC(atomicAdd, unsigned, old + value)
STAND_IN_ATOMIC(atomicAdd, unsigned long long, old + value)
STAND_IN_ATOMIC(atomicAdd, float, old + value)
STAND_IN_ATOMIC(atomicAdd, double, old + value)
STAND_IN_ATOMIC(atomicExch, float, value)
#undef STAND_IN_ATOMICS
#undef STAND_IN_ATOMIC

template <typename T>
inline T __ldg(const T* address) {
  return *address;
}
template <typename T>
inline T __ldcs(const T* address) {
  return *address;
}
template <typename T>
inline T __ldcg(const T* address) {
  return *address;
}
template <typename T>
inline void __stcs(T* address, T value) {
  *address = value;
}
template <typename T>
inline void __stcg(T* address, T value) {
  *address = value;
}
inline void __threadfence() { standIn::noteFence(); }
inline void __threadfence_block() {}
inline void __threadfence_system() { standIn::noteFence(); }

[[noreturn]] inline void __trap() { standIn::fault(standIn::Code::launchFailed, "__trap()"); }

// Asynchronous copies are done when they are waited for, and their target holds NaN until then: a
// kernel that does not wait computes nonsense. Before sm_80 they are plain copies, as in segue.cuh.
inline void copyAsync16(void* shared, const void* global) {
  standIn::copyAsync16(shared, global, __CUDA_ARCH__ >= 800);
}
inline void copyAsyncCommit() { standIn::copyAsyncCommit(); }
template <int pending>
inline void copyAsyncWait() {
  standIn::copyAsyncWait(pending);
}
