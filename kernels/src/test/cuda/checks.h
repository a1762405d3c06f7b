// Checks of every access of a kernel to memory of the device. The checked kernels are compiled with
// -fsanitize=thread, which calls a function before each access; these functions are ours, not those
// of the compiler's library, and know the device's barriers.
#pragma once

#include <cstddef>
#include <cstdint>

namespace standIn {

// Counts what orders accesses: barriers, meetings of a warp, fences. An access is ordered behind
// another by one of these that both took part in and that came between.
extern std::uint32_t orderClock;

// A new launch: earlier accesses are ordered before all of it.
void beginChecks();

// The launch has ended; the compiled kernels' other code is not checked.
void endChecks();

// Checks an access of the running thread; ends the kernel if it is outside of an allocation, or not
// ordered with another thread's.
void checkAccess(const void* memory, std::size_t bytes, bool writes);

// Memory has been freed: what is known of its accesses is given up, addresses do not come again.
void forgetAccesses(std::uintptr_t start, std::size_t bytes);

// Before the running thread gives way: looks at what its last write has done.
void settleWrite();

}  // namespace standIn
