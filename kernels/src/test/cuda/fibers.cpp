#include "fibers.h"

#include <sys/mman.h>

#include <cstdint>
#include <cstdlib>

// The C library's switch makes a call of the system each time; it is for other processors, and for
// comparing with.
#if defined(STAND_IN_UCONTEXT) || (!defined(__x86_64__) && !defined(__aarch64__))
#define STAND_IN_PORTABLE
#include <ucontext.h>
#endif

namespace standIn {

namespace {
// Also for the frame of a signal, which is large on processors with wide vectors.
constexpr std::size_t stackBytes = 128 * 1024;
constexpr std::size_t guardBytes = 16 * 1024;
}  // namespace

void allocateStack(Fiber& fiber) {
  void* memory = mmap(nullptr, guardBytes + stackBytes, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (memory == MAP_FAILED || mprotect(memory, guardBytes, PROT_NONE) != 0) {
    std::abort();
  }
  fiber.stack = static_cast<unsigned char*>(memory) + guardBytes;
  // Tops of all stacks at one place of their pages would share a few lines of the first cache.
  static std::size_t stacks = 0;
  fiber.stackBytes = stackBytes - stacks++ % 61 * 128;
}

#if defined(STAND_IN_PORTABLE)

void prepare(Fiber& fiber, void (*start)()) {
  auto* context = static_cast<ucontext_t*>(fiber.stackPointer);
  if (context == nullptr) {
    context = new ucontext_t;
    fiber.stackPointer = context;
  }
  getcontext(context);
  context->uc_stack.ss_sp = fiber.stack;
  context->uc_stack.ss_size = fiber.stackBytes;
  context->uc_link = nullptr;
  makecontext(context, start, 0);
}

void switchFiber(Fiber& from, Fiber& to) {
  if (from.stackPointer == nullptr) {
    from.stackPointer = new ucontext_t;
  }
  swapcontext(static_cast<ucontext_t*>(from.stackPointer), static_cast<ucontext_t*>(to.stackPointer));
}

#elif defined(__x86_64__)

// Saves what a called function must leave as it was, and the place to return to.
asm(R"(
.text
.type standInSwitch, @function
standInSwitch:
  pushq %rbp
  pushq %rbx
  pushq %r12
  pushq %r13
  pushq %r14
  pushq %r15
  movq %rsp, (%rdi)
  movq %rsi, %rsp
  popq %r15
  popq %r14
  popq %r13
  popq %r12
  popq %rbx
  popq %rbp
  ret
.size standInSwitch, .-standInSwitch
)");
extern "C" void standInSwitch(void** from, void* to);

void prepare(Fiber& fiber, void (*start)()) {
  auto* top = reinterpret_cast<std::uintptr_t*>(fiber.stack + fiber.stackBytes);
  *--top = 0;  // keeps the stack as a call would leave it: 8 bytes past a multiple of 16
  *--top = reinterpret_cast<std::uintptr_t>(start);
  for (int i = 0; i < 6; i++) {
    *--top = 0;
  }
  fiber.stackPointer = top;
}

void switchFiber(Fiber& from, Fiber& to) { standInSwitch(&from.stackPointer, to.stackPointer); }

#else

asm(R"(
.text
.type standInSwitch, %function
standInSwitch:
  sub sp, sp, #176
  stp x19, x20, [sp, #0]
  stp x21, x22, [sp, #16]
  stp x23, x24, [sp, #32]
  stp x25, x26, [sp, #48]
  stp x27, x28, [sp, #64]
  stp x29, x30, [sp, #80]
  stp d8, d9, [sp, #96]
  stp d10, d11, [sp, #112]
  stp d12, d13, [sp, #128]
  stp d14, d15, [sp, #144]
  mov x9, sp
  str x9, [x0]
  mov sp, x1
  ldp x19, x20, [sp, #0]
  ldp x21, x22, [sp, #16]
  ldp x23, x24, [sp, #32]
  ldp x25, x26, [sp, #48]
  ldp x27, x28, [sp, #64]
  ldp x29, x30, [sp, #80]
  ldp d8, d9, [sp, #96]
  ldp d10, d11, [sp, #112]
  ldp d12, d13, [sp, #128]
  ldp d14, d15, [sp, #144]
  add sp, sp, #176
  ret
.size standInSwitch, .-standInSwitch
)");
extern "C" void standInSwitch(void** from, void* to);

void prepare(Fiber& fiber, void (*start)()) {
  auto* frame = reinterpret_cast<std::uintptr_t*>(fiber.stack + fiber.stackBytes) - 22;
  for (int i = 0; i < 22; i++) {
    frame[i] = 0;
  }
  frame[11] = reinterpret_cast<std::uintptr_t>(start);  // x30, the place to return to
  fiber.stackPointer = frame;
}

void switchFiber(Fiber& from, Fiber& to) { standInSwitch(&from.stackPointer, to.stackPointer); }

#endif

}  // namespace standIn
