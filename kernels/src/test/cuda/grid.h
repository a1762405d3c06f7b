// Runs the blocks of a kernel, one after the other, each thread as a fiber that gives way only where
// it waits for others.
#pragma once

#include <cstddef>
#include <type_traits>
#include <utility>
#include <vector>

#include "codes.h"
#include "vector_types.h"

#define STAND_IN_EXPORT __attribute__((visibility("default")))

namespace standIn {

// Where in the source something waits.
struct Site {
  const char* file;
  int line;
};

// What a kernel's built-in variables say; set whenever another thread goes on.
struct Current {
  uint3 thread;
  uint3 block;
  dim3 threads;
  dim3 blocks;
  unsigned char* shared;
  unsigned lane;
  unsigned rank;
};
extern STAND_IN_EXPORT Current current;

// Ends the kernel; the context is lost, as it is after an error on a device.
[[noreturn]] STAND_IN_EXPORT void fault(Code code, const char* reason);

STAND_IN_EXPORT void blockBarrier(Site site);

// A barrier that returns for how many threads of the block the vote is true.
STAND_IN_EXPORT unsigned blockVote(Site site, bool vote);

STAND_IN_EXPORT void clusterBarrier(Site site);
STAND_IN_EXPORT void* mapShared(void* shared, unsigned rank);

// Does the work of the lanes of `mask` at once: part i is what lane i handed in.
using Exchange = void (*)(void** parts, unsigned mask);
STAND_IN_EXPORT void meet(unsigned mask, Exchange exchange, void* part, Site site);

// Atomic operations and fences order accesses of several blocks.
STAND_IN_EXPORT void noteAtomic();
STAND_IN_EXPORT void noteFence();

STAND_IN_EXPORT void copyAsync16(void* shared, const void* global, bool later);
STAND_IN_EXPORT void copyAsyncCommit();
STAND_IN_EXPORT void copyAsyncWait(unsigned pending);

// Ends the kernel unless the bytes lie in this block's dynamic shared memory, aligned to their size.
STAND_IN_EXPORT void checkShared(const void* shared, std::size_t bytes);

// A parameter of a kernel.
struct Parameter {
  unsigned bytes;
  unsigned alignment;
  bool pointer;
};

// A kernel compiled for the host.
struct Kernel {
  using Function = void (*)();
  const char* name;
  Function function;
  void (*call)(Function function, void** arguments);
  std::vector<Parameter> parameters;
  // Static shared memory of all kernels that were compiled together.
  unsigned char* statics;
  unsigned char* staticsEnd;
  // Whether every access is checked.
  bool checked;
};

// Makes a kernel known under its name and architecture.
STAND_IN_EXPORT void registerKernel(Kernel kernel, int architecture);

#ifdef __SANITIZE_THREAD__
constexpr bool checked = true;
#else
constexpr bool checked = false;
#endif

class Registration {
 public:
  template <typename... Arguments>
  Registration(const char* name, void (*kernel)(Arguments...), int architecture, unsigned char* statics,
               unsigned char* staticsEnd) {
    registerKernel({name, reinterpret_cast<Kernel::Function>(kernel), call<Arguments...>,
                    {Parameter{sizeof(Arguments), alignof(Arguments), std::is_pointer_v<Arguments>}...},
                    statics, staticsEnd, checked},
                   architecture);
  }

 private:
  template <typename... Arguments>
  static void call(Kernel::Function function, void** arguments) {
    callWith<Arguments...>(function, arguments, std::index_sequence_for<Arguments...>{});
  }

  template <typename... Arguments, std::size_t... index>
  static void callWith(Kernel::Function function, void** arguments, std::index_sequence<index...>) {
    reinterpret_cast<void (*)(Arguments...)>(function)(
        *static_cast<std::remove_cv_t<Arguments>*>(arguments[index])...);
  }
};

// A launch whose arguments have been copied.
struct Launch {
  const Kernel* kernel;
  dim3 blocks;
  dim3 threads;
  unsigned sharedBytes;
  unsigned cluster;
  void** arguments;
  bool lastFirst;
};

// Runs a kernel; what went wrong is told by report().
Code run(const Launch& launch);

}  // namespace standIn
