// Streams and events.
#include <algorithm>
#include <chrono>

#include "api.h"

using namespace standIn;

namespace {

constexpr unsigned nonBlocking = 1;  // CU_STREAM_NON_BLOCKING
constexpr unsigned noTiming = 2;     // CU_EVENT_DISABLE_TIMING

double milliseconds() {
  using Clock = std::chrono::steady_clock;
  return std::chrono::duration<double, std::milli>(Clock::now().time_since_epoch()).count();
}

Event* eventOf(Handle handle) {
  Event* event = driver().events.find(handle);
  return event != nullptr && event->context == currentContext() ? event : nullptr;
}

bool isDone(Mark mark) {
  const Stream* stream = driver().streams.find(mark.stream);
  return stream == nullptr || stream->done >= mark.count;
}

Code refuseCaptured(const char* call, Stream& stream) {
  report(std::string(call) + ": the stream is captured, its work is not done now");
  stream.capture->invalid = true;
  return Code::captureUnsupported;
}

// A stream that waits for captured work is captured with it; one that is captured waits for no other.
Code waitForCaptured(Stream& stream, const Event& event) {
  if (stream.capture != nullptr && stream.capture != event.capture) {
    return Code::captureMerge;
  }
  stream.capture = event.capture;
  for (const std::size_t node : event.latest) {
    if (std::find(stream.latest.begin(), stream.latest.end(), node) == stream.latest.end()) {
      stream.latest.push_back(node);
    }
  }
  return Code::success;
}

}  // namespace

DRIVER_CALL cuStreamCreate(Handle* handle, unsigned flags) {
  ENTER(context);
  if (flags > nonBlocking) {
    return Code::invalidValue;
  }
  *handle = driver().streams.add(currentContext(), flags != nonBlocking);
  return Code::success;
}

DRIVER_CALL cuStreamCreateWithPriority(Handle* handle, unsigned flags, int) {
  ENTER(context);
  if (flags > nonBlocking) {
    return Code::invalidValue;
  }
  *handle = driver().streams.add(currentContext(), flags != nonBlocking);
  return Code::success;
}

DRIVER_CALL cuStreamDestroy_v2(Handle handle) {
  ENTER(context);
  STREAM_OR_LEAVE(stream, handle);
  if (stream->isDefault) {
    return Code::invalidHandle;
  }
  if (stream->capture != nullptr) {
    stream->capture->invalid = true;
  }
  const Code code = runUntil(markOf(*stream));
  driver().streams.remove(handle);
  return code;
}

DRIVER_CALL cuStreamSynchronize(Handle handle) {
  ENTER(context);
  STREAM_OR_LEAVE(stream, handle);
  return stream->capture != nullptr ? refuseCaptured(__func__, *stream) : runUntil(markOf(*stream));
}

DRIVER_CALL cuStreamQuery(Handle handle) {
  ENTER(context);
  STREAM_OR_LEAVE(stream, handle);
  if (stream->capture != nullptr) {
    return refuseCaptured(__func__, *stream);
  }
  return isDone(markOf(*stream)) ? Code::success : Code::notReady;
}

DRIVER_CALL cuStreamWaitEvent(Handle handle, Handle eventHandle, unsigned) {
  ENTER(context);
  STREAM_OR_LEAVE(stream, handle);
  // An event of another device's context may be waited for.
  const Event* event = driver().events.find(eventHandle);
  if (event == nullptr) {
    return Code::invalidHandle;
  }
  if (event->capture != nullptr) {
    return waitForCaptured(*stream, *event);
  }
  if (stream->capture != nullptr) {
    stream->capture->invalid = event->recorded;
    return event->recorded ? Code::captureIsolation : Code::success;
  }
  return event->recorded ? submit(*stream, [mark = event->mark] { return runUntil(mark); }) : Code::success;
}

DRIVER_CALL cuEventCreate(Handle* handle, unsigned flags) {
  ENTER(context);
  *handle = driver().events.add(currentContext(), (flags & noTiming) == 0);
  return Code::success;
}

DRIVER_CALL cuEventDestroy_v2(Handle handle) {
  ENTER(context);
  return eventOf(handle) != nullptr && driver().events.remove(handle) ? Code::success : Code::invalidHandle;
}

DRIVER_CALL cuEventRecord(Handle handle, Handle streamHandle) {
  ENTER(context);
  STREAM_OR_LEAVE(stream, streamHandle);
  Event* event = eventOf(handle);
  if (event == nullptr) {
    return Code::invalidHandle;
  }
  event->recorded = true;
  event->capture = stream->capture;
  event->latest = stream->latest;
  if (stream->capture != nullptr) {
    return Code::success;
  }
  const Code code = submit(*stream, [handle] {
    if (Event* come = driver().events.find(handle)) {
      come->milliseconds = milliseconds();
    }
    return Code::success;
  });
  event->mark = markOf(*stream);
  return code;
}

DRIVER_CALL cuEventSynchronize(Handle handle) {
  ENTER(context);
  const Event* event = eventOf(handle);
  if (event == nullptr) {
    return Code::invalidHandle;
  }
  if (event->capture != nullptr) {
    return Code::capturedEvent;
  }
  return event->recorded ? runUntil(event->mark) : Code::success;
}

DRIVER_CALL cuEventQuery(Handle handle) {
  ENTER(context);
  const Event* event = eventOf(handle);
  if (event == nullptr) {
    return Code::invalidHandle;
  }
  if (event->capture != nullptr) {
    return Code::capturedEvent;
  }
  return !event->recorded || isDone(event->mark) ? Code::success : Code::notReady;
}

static Code elapsed(float* result, Handle start, Handle end) {
  const Event* first = eventOf(start);
  const Event* last = eventOf(end);
  if (first == nullptr || last == nullptr || !first->timed || !last->timed || !first->recorded || !last->recorded) {
    return Code::invalidHandle;
  }
  if (!isDone(first->mark) || !isDone(last->mark)) {
    return Code::notReady;
  }
  *result = static_cast<float>(last->milliseconds - first->milliseconds);
  return Code::success;
}

DRIVER_CALL cuEventElapsedTime(float* result, Handle start, Handle end) {
  ENTER(context);
  return elapsed(result, start, end);
}

DRIVER_CALL cuEventElapsedTime_v2(float* result, Handle start, Handle end) {
  ENTER(context);
  return elapsed(result, start, end);
}
