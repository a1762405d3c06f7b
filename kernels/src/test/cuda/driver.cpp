#include "driver.h"

#include <cstdio>

#include "report.h"

namespace standIn {

Handle& currentContext() {
  thread_local Handle handle = 0;
  return handle;
}

Driver& driver() {
  // Never ended: other threads may still call when the program exits.
  static Driver* const instance = new Driver;
  return *instance;
}

namespace {
std::string& reason() {
  static std::string* const instance = new std::string;
  return *instance;
}
}  // namespace

void report(const std::string& text) {
  reason() = text;
  std::fprintf(stderr, "stand-in driver: %s\n", text.c_str());
}

const std::string& lastReport() { return reason(); }

void clearReport() { reason().clear(); }

Context* context() { return driver().contexts.find(currentContext()); }

Code enter(const char* call, Needs needs) {
  Driver& all = driver();
  const long long number = ++all.calls[call];
  const auto failure = all.failures.find(call);
  if (failure != all.failures.end() && failure->second.call == number) {
    return static_cast<Code>(failure->second.code);
  }
  if (needs == Needs::nothing) {
    return Code::success;
  }
  if (!all.initialised) {
    return Code::notInitialised;
  }
  if (needs == Needs::initialised) {
    return Code::success;
  }
  if (currentContext() == 0) {
    report(std::string(call) + ": no context is current on this thread");
    return Code::invalidContext;
  }
  Context* mine = context();
  if (mine == nullptr) {
    report(std::string(call) + ": the thread's context has ended");
    return Code::contextDestroyed;
  }
  if (mine->error != Code::success) {
    return mine->error;
  }
  if (needs == Needs::noCapture) {
    if (Capture* capture = forbiddingCapture()) {
      report(std::string(call) + ": cannot be called while a stream is captured");
      capture->invalid = true;
      return Code::captureUnsupported;
    }
  }
  return Code::success;
}

}  // namespace standIn
