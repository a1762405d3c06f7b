#include "faults.h"

#include <pthread.h>
#include <signal.h>

#include <atomic>
#include <string>

#include "scheduler.h"

namespace standIn {

namespace {

// Where the compiler's own checks fail, x86-64 raises SIGILL and aarch64 SIGTRAP.
constexpr int watched[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP};
struct sigaction before[32];
std::atomic<bool> kernelRuns{false};
pthread_t runner;

void passOn(int signal, siginfo_t* info, void* context) {
  const struct sigaction& old = before[signal];
  if (old.sa_flags & SA_SIGINFO) {
    old.sa_sigaction(signal, info, context);
  } else if (old.sa_handler == SIG_DFL || old.sa_handler == SIG_IGN) {
    // The instruction is tried again and fails as it would have without us.
    sigaction(signal, &old, nullptr);
  } else {
    old.sa_handler(signal);
  }
}

// Leaves the handler by a switch of stacks: nothing is masked meanwhile (SA_NODEFER).
void onSignal(int signal, siginfo_t* info, void* context) {
  if (!kernelRuns.load() || !pthread_equal(runner, pthread_self())) {
    passOn(signal, info, context);
    return;
  }
  switch (signal) {
    case SIGFPE: fault(Code::launchFailed, "a whole number is divided by zero");
    case SIGTRAP:
    case SIGILL: fault(Code::misalignedAddress, "an access is not aligned, or outside of a local array");
    default: fault(Code::illegalAddress, "an access outside of the memory that is allocated");
  }
}

}  // namespace

void watchSignals() {
  static bool done = false;
  if (done) {
    return;
  }
  done = true;
  struct sigaction action {};
  action.sa_sigaction = onSignal;
  action.sa_flags = SA_SIGINFO | SA_NODEFER | SA_RESTART;
  sigemptyset(&action.sa_mask);
  for (const int signal : watched) {
    sigaction(signal, &action, &before[signal]);
  }
}

void watchKernel(bool running) {
  runner = pthread_self();
  kernelRuns.store(running);
}

}  // namespace standIn
