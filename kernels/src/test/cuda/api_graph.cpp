// Capture of streams into graphs, and graphs.
#include "api.h"

using namespace standIn;

namespace {

// Whether all work of the capture comes before where its first stream ends.
bool isJoined(const Capture& capture, const Stream& origin) {
  std::vector<bool> reached(capture.nodes.size());
  std::vector<std::size_t> next = origin.latest;
  while (!next.empty()) {
    const std::size_t node = next.back();
    next.pop_back();
    if (!reached[node]) {
      reached[node] = true;
      next.insert(next.end(), capture.nodes[node].after.begin(), capture.nodes[node].after.end());
    }
  }
  for (const bool one : reached) {
    if (!one) {
      return false;
    }
  }
  return true;
}

void leaveCapture(const std::shared_ptr<Capture>& capture) {
  for (auto& [handle, stream] : driver().streams.all()) {
    if (stream->capture == capture) {
      stream->capture = nullptr;
      stream->latest.clear();
    }
  }
}

}  // namespace

namespace standIn {

Capture* forbiddingCapture() {
  constexpr int relaxed = 2;  // CU_STREAM_CAPTURE_MODE_RELAXED
  for (auto& [handle, stream] : driver().streams.all()) {
    Capture* capture = stream->capture.get();
    if (capture != nullptr && capture->mode != relaxed && capture->thread == std::this_thread::get_id()) {
      return capture;
    }
  }
  return nullptr;
}

}  // namespace standIn

DRIVER_CALL cuStreamBeginCapture_v2(Handle handle, int mode) {
  ENTER(context);
  STREAM_OR_LEAVE(stream, handle);
  if (stream->isDefault) {
    report("cuStreamBeginCapture: the default stream cannot be captured");
    return Code::captureUnsupported;
  }
  if (stream->capture != nullptr || mode < 0 || mode > 2) {
    return Code::invalidValue;
  }
  stream->capture = std::make_shared<Capture>(Capture{handle, std::this_thread::get_id(), mode});
  stream->latest.clear();
  return Code::success;
}

DRIVER_CALL cuStreamEndCapture(Handle handle, Handle* graph) {
  ENTER(context);
  STREAM_OR_LEAVE(stream, handle);
  *graph = 0;
  const std::shared_ptr<Capture> capture = stream->capture;
  if (capture == nullptr) {
    return Code::invalidValue;
  }
  if (capture->origin != handle) {
    return Code::captureUnmatched;
  }
  if (capture->thread != std::this_thread::get_id() && capture->mode != 2) {
    return Code::captureWrongThread;
  }
  const bool joined = isJoined(*capture, *stream);
  leaveCapture(capture);
  if (capture->invalid) {
    return Code::captureInvalidated;
  }
  if (!joined) {
    report("cuStreamEndCapture: the first stream does not wait for all work of the others");
    return Code::captureUnjoined;
  }
  *graph = driver().graphs.add(currentContext(), std::move(capture->nodes));
  return Code::success;
}

DRIVER_CALL cuStreamIsCapturing(Handle handle, int* status) {
  ENTER(context);
  STREAM_OR_LEAVE(stream, handle);
  *status = stream->capture == nullptr ? 0 : stream->capture->invalid ? 2 : 1;
  return Code::success;
}

DRIVER_CALL cuGraphInstantiateWithFlags(Handle* executable, Handle handle, unsigned long long flags) {
  ENTER(context);
  const Graph* graph = driver().graphs.find(handle);
  if (graph == nullptr || flags != 0) {
    return Code::invalidValue;
  }
  *executable = driver().executables.add(currentContext(), std::make_shared<const std::vector<Node>>(graph->nodes));
  return Code::success;
}

DRIVER_CALL cuGraphGetNodes(Handle handle, Handle* nodes, std::size_t* count) {
  ENTER(context);
  const Graph* graph = driver().graphs.find(handle);
  if (graph == nullptr || nodes != nullptr) {
    return Code::invalidValue;
  }
  *count = graph->nodes.size();
  return Code::success;
}

DRIVER_CALL cuGraphLaunch(Handle handle, Handle streamHandle) {
  ENTER(context);
  STREAM_OR_LEAVE(stream, streamHandle);
  const Executable* executable = driver().executables.find(handle);
  if (executable == nullptr) {
    return Code::invalidValue;
  }
  driver().counters["graphLaunches"]++;
  return submit(*stream, [nodes = executable->nodes] { return runNodes(*nodes); });
}

DRIVER_CALL cuGraphExecDestroy(Handle handle) {
  ENTER(context);
  return driver().executables.remove(handle) ? Code::success : Code::invalidValue;
}

DRIVER_CALL cuGraphDestroy(Handle handle) {
  ENTER(context);
  return driver().graphs.remove(handle) ? Code::success : Code::invalidValue;
}
