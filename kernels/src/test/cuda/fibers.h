// Stacks of their own for threads of a kernel, and the switch between them: a few instructions and
// no call of the system, for a warp's shuffle switches 32 times.
#pragma once

#include <cstddef>

namespace standIn {

struct Fiber {
  void* stackPointer = nullptr;
  unsigned char* stack = nullptr;
  std::size_t stackBytes = 0;
  unsigned thread = 0;
};

// Goes on where `to` gave way; returns when somebody switches to `from`.
void switchFiber(Fiber& from, Fiber& to);

// Gives a fiber a stack, below which a page is forbidden.
void allocateStack(Fiber& fiber);

// Makes the next switch to a fiber call `start`, which never returns.
void prepare(Fiber& fiber, void (*start)());

}  // namespace standIn
