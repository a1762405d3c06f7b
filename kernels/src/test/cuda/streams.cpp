// Work of streams: kept until somebody waits for it, so that what forgets to wait is found out.
#include <queue>

#include "driver.h"
#include "report.h"

namespace standIn {

namespace {

// A device's queue is bounded too.
constexpr std::size_t mostWork = 4096;

Handle defaultStream(Handle context) {
  Handle& handle = driver().defaultStreams[context];
  if (handle == 0) {
    handle = driver().streams.add(context, true, true);
  }
  return handle;
}

void enqueue(Stream& stream, Work work) {
  stream.work.push_back(std::move(work));
  stream.issued++;
}

// The default stream and those made to wait for it take turns.
void joinDefault(Stream& stream) {
  const Handle other = defaultStream(stream.context);
  if (&stream == driver().streams.find(other)) {
    for (auto& [handle, blocking] : driver().streams.all()) {
      if (blocking->context == stream.context && blocking->waitsForDefault && blocking.get() != &stream) {
        enqueue(stream, [mark = Mark{handle, blocking->issued}] { return runUntil(mark); });
      }
    }
  } else if (stream.waitsForDefault) {
    const Mark mark = markOf(*driver().streams.find(other));
    enqueue(stream, [mark] { return runUntil(mark); });
  }
}

}  // namespace

Stream* streamOf(Handle handle) {
  // 1 and 2 are CU_STREAM_LEGACY and CU_STREAM_PER_THREAD.
  Stream* stream = driver().streams.find(handle <= 2 ? defaultStream(currentContext()) : handle);
  return stream != nullptr && stream->context == currentContext() ? stream : nullptr;
}

Handle handleOf(const Stream& stream) {
  for (auto& [handle, other] : driver().streams.all()) {
    if (other.get() == &stream) {
      return handle;
    }
  }
  return 0;
}

Mark markOf(Stream& stream) { return {handleOf(stream), stream.issued}; }

Code submit(Stream& stream, Work work) {
  if (stream.capture != nullptr) {
    Capture& capture = *stream.capture;
    if (capture.invalid) {
      return Code::captureInvalidated;
    }
    capture.nodes.push_back({std::move(work), stream.latest});
    stream.latest = {capture.nodes.size() - 1};
    return Code::success;
  }
  joinDefault(stream);
  enqueue(stream, std::move(work));
  if (driver().settings.eager != 0 || stream.work.size() > mostWork) {
    return runUntil(markOf(stream));
  }
  return Code::success;
}

Code runUntil(Mark mark) {
  while (true) {
    Stream* stream = driver().streams.find(mark.stream);
    if (stream == nullptr || stream->done >= mark.count || stream->work.empty()) {
      return Code::success;
    }
    const Work work = std::move(stream->work.front());
    stream->work.pop_front();
    stream->done++;
    Context* owner = driver().contexts.find(stream->context);
    const Code code = owner->error != Code::success ? owner->error : work();
    if (code != Code::success) {
      owner->error = code;
      return code;
    }
  }
}

Code runAll(Handle owner) {
  std::vector<Mark> marks;
  for (auto& [handle, stream] : driver().streams.all()) {
    if (stream->context == owner) {
      marks.push_back({handle, stream->issued});
    }
  }
  for (const Mark mark : marks) {
    if (const Code code = runUntil(mark); code != Code::success) {
      return code;
    }
  }
  return Code::success;
}

Code runNodes(const std::vector<Node>& nodes) {
  std::vector<std::size_t> missing(nodes.size());
  std::vector<std::vector<std::size_t>> followers(nodes.size());
  std::priority_queue<std::size_t> ready;
  for (std::size_t i = 0; i < nodes.size(); i++) {
    missing[i] = nodes[i].after.size();
    for (const std::size_t before : nodes[i].after) {
      followers[before].push_back(i);
    }
    if (missing[i] == 0) {
      ready.push(i);
    }
  }
  while (!ready.empty()) {
    const std::size_t next = ready.top();
    ready.pop();
    if (const Code code = nodes[next].work(); code != Code::success) {
      return code;
    }
    for (const std::size_t follower : followers[next]) {
      if (--missing[follower] == 0) {
        ready.push(follower);
      }
    }
  }
  return Code::success;
}

}  // namespace standIn
