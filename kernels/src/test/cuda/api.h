// How each call of the driver begins. Prototypes are our own, after the manual of the CUDA driver
// API; handles and device addresses are numbers of 64 bits.
#pragma once

#include "driver.h"
#include "report.h"

#define DRIVER_CALL extern "C" STAND_IN_EXPORT standIn::Code

// Takes the driver's lock, counts the call, and leaves where it cannot be made.
#define ENTER(needs)                                                                       \
  const std::lock_guard<std::recursive_mutex> entryGuard(standIn::driver().lock);          \
  do {                                                                                     \
    const standIn::Code entered = standIn::enter(__func__, standIn::Needs::needs);         \
    if (entered != standIn::Code::success) {                                               \
      return entered;                                                                      \
    }                                                                                      \
  } while (false)

// Declares the stream of a handle, or leaves.
#define STREAM_OR_LEAVE(name, handle)                                                          \
  standIn::Stream* const name = standIn::streamOf(handle);                                     \
  do {                                                                                         \
    if (name == nullptr) {                                                                     \
      standIn::report(std::string(__func__) + ": not a stream of this thread's context");      \
      return standIn::Code::invalidHandle;                                                     \
    }                                                                                          \
  } while (false)
