// Memory and copies.
#include <algorithm>
#include <cstring>

#include "api.h"
#include "report.h"

using namespace standIn;

namespace {

void* pointer(Address address) { return reinterpret_cast<void*>(address); }
Address addressOf(const void* memory) { return reinterpret_cast<Address>(memory); }

bool isPinned(const void* memory, std::size_t bytes) {
  const Allocation* found = driver().memory.find(addressOf(memory), bytes);
  return found != nullptr && found->device == pinned;
}

// Whether bytes lie in one allocation of a device.
bool isOn(int device, Address address, std::size_t bytes) {
  const Allocation* found = driver().memory.find(address, bytes);
  return found != nullptr && found->device == device;
}

Code refuse(const char* call, const char* reason, std::size_t bytes) {
  report(std::string(call) + ": " + reason + ", " + std::to_string(bytes) + " bytes");
  return Code::invalidValue;
}

// Copies when its turn comes, if both sides are still there then.
Work copy(Address target, Address source, std::size_t bytes, bool checkTarget, bool checkSource) {
  driver().counters["copiedBytes"] += static_cast<long long>(bytes);
  return [=] {
    if ((checkTarget && driver().memory.find(target, bytes) == nullptr) ||
        (checkSource && driver().memory.find(source, bytes) == nullptr)) {
      report("a copy of " + std::to_string(bytes) + " bytes reads or writes memory that has been freed");
      return Code::illegalAddress;
    }
    std::memmove(pointer(target), pointer(source), bytes);
    return Code::success;
  };
}

Code refusePageableCapture(const char* call, const Stream& stream) {
  report(std::string(call) + ": a copy from or to memory that is not page-locked cannot be captured");
  stream.capture->invalid = true;
  return Code::captureUnsupported;
}

Code copyIn(const char* call, Address target, const void* source, std::size_t bytes, Stream& stream) {
  if (!isOn(context()->device, target, bytes)) {
    return refuse(call, "the target is not within one allocation of this device", bytes);
  }
  if (isPinned(source, bytes)) {
    return submit(stream, copy(target, addressOf(source), bytes, true, true));
  }
  if (stream.capture != nullptr) {
    return refusePageableCapture(call, stream);
  }
  // As a driver does: what is not page-locked is put aside, and may change at once.
  const auto* from = static_cast<const unsigned char*>(source);
  auto aside = std::make_shared<std::vector<unsigned char>>(from, from + bytes);
  return submit(stream, [=, work = copy(target, addressOf(aside->data()), bytes, true, false)] {
    (void)aside;
    return work();
  });
}

Code copyOut(const char* call, void* target, Address source, std::size_t bytes, Stream& stream) {
  if (!isOn(context()->device, source, bytes)) {
    return refuse(call, "the source is not within one allocation of this device", bytes);
  }
  const bool targetIsPinned = isPinned(target, bytes);
  if (stream.capture != nullptr) {
    return targetIsPinned ? submit(stream, copy(addressOf(target), source, bytes, true, true))
                          : refusePageableCapture(call, stream);
  }
  if (targetIsPinned) {
    // Who reads before the copy is done sees that it is not.
    std::memset(target, 0xff, bytes);
    return submit(stream, copy(addressOf(target), source, bytes, true, true));
  }
  if (const Code code = submit(stream, copy(addressOf(target), source, bytes, false, true)); code != Code::success) {
    return code;
  }
  return runUntil(markOf(stream));
}

Code allocateOn(const char* call, Address* address, std::size_t bytes, int device) {
  if (bytes == 0) {
    return refuse(call, "no bytes", bytes);
  }
  const long long free = driver().settings.memory - static_cast<long long>(driver().memory.bytes(device));
  if (device != pinned && static_cast<long long>(bytes) > free) {
    return Code::outOfMemory;
  }
  *address = driver().memory.allocate(bytes, device);
  return *address == 0 ? Code::outOfMemory : Code::success;
}

// Memory is given back when nothing uses it any more: drivers wait here.
Code freeOn(const char* call, Address address, int device) {
  if (address == 0) {
    return Code::success;
  }
  if (const Code code = runAll(currentContext()); code != Code::success) {
    return code;
  }
  if (!driver().memory.free(address, device)) {
    return refuse(call, "not the start of an allocation, or freed before", 0);
  }
  return Code::success;
}

}  // namespace

DRIVER_CALL cuMemGetInfo_v2(std::size_t* free, std::size_t* total) {
  ENTER(context);
  *total = static_cast<std::size_t>(driver().settings.memory);
  *free = *total - driver().memory.bytes(context()->device);
  return Code::success;
}

DRIVER_CALL cuMemAlloc_v2(Address* address, std::size_t bytes) {
  ENTER(noCapture);
  return allocateOn(__func__, address, bytes, context()->device);
}

DRIVER_CALL cuMemFree_v2(Address address) {
  ENTER(noCapture);
  return freeOn(__func__, address, context()->device);
}

DRIVER_CALL cuMemAllocHost_v2(void** memory, std::size_t bytes) {
  ENTER(noCapture);
  Address address = 0;
  const Code code = allocateOn(__func__, &address, bytes, pinned);
  *memory = pointer(address);
  return code;
}

DRIVER_CALL cuMemHostAlloc(void** memory, std::size_t bytes, unsigned) {
  ENTER(noCapture);
  Address address = 0;
  const Code code = allocateOn(__func__, &address, bytes, pinned);
  *memory = pointer(address);
  return code;
}

DRIVER_CALL cuMemFreeHost(void* memory) {
  ENTER(noCapture);
  return freeOn(__func__, addressOf(memory), pinned);
}

DRIVER_CALL cuMemcpyHtoDAsync_v2(Address target, const void* source, std::size_t bytes, Handle handle) {
  ENTER(context);
  STREAM_OR_LEAVE(stream, handle);
  return bytes == 0 ? Code::success : copyIn(__func__, target, source, bytes, *stream);
}

DRIVER_CALL cuMemcpyDtoHAsync_v2(void* target, Address source, std::size_t bytes, Handle handle) {
  ENTER(context);
  STREAM_OR_LEAVE(stream, handle);
  return bytes == 0 ? Code::success : copyOut(__func__, target, source, bytes, *stream);
}

DRIVER_CALL cuMemcpyDtoDAsync_v2(Address target, Address source, std::size_t bytes, Handle handle) {
  ENTER(context);
  STREAM_OR_LEAVE(stream, handle);
  if (bytes == 0) {
    return Code::success;
  }
  const int device = context()->device;
  if (!isOn(device, target, bytes) || !isOn(device, source, bytes)) {
    return refuse(__func__, "source or target is not within one allocation of this device", bytes);
  }
  return submit(*stream, copy(target, source, bytes, true, true));
}

DRIVER_CALL cuMemcpyPeerAsync(Address target, Handle targetContext, Address source, Handle sourceContext,
                              std::size_t bytes, Handle handle) {
  ENTER(context);
  STREAM_OR_LEAVE(stream, handle);
  const Context* to = driver().contexts.find(targetContext);
  const Context* from = driver().contexts.find(sourceContext);
  if (to == nullptr || from == nullptr) {
    return Code::invalidContext;
  }
  if (bytes == 0) {
    return Code::success;
  }
  if (!isOn(to->device, target, bytes) || !isOn(from->device, source, bytes)) {
    return refuse(__func__, "source or target is not within one allocation of its device", bytes);
  }
  return submit(*stream, copy(target, source, bytes, true, true));
}

DRIVER_CALL cuMemsetD32Async(Address target, unsigned value, std::size_t words, Handle handle) {
  ENTER(context);
  STREAM_OR_LEAVE(stream, handle);
  if (words == 0) {
    return Code::success;
  }
  if (target % 4 != 0 || !isOn(context()->device, target, 4 * words)) {
    return refuse(__func__, "the target is not within one allocation of this device, or not aligned", 4 * words);
  }
  return submit(*stream, [=] {
    if (driver().memory.find(target, 4 * words) == nullptr) {
      report("a fill writes memory that has been freed");
      return Code::illegalAddress;
    }
    auto* memory = static_cast<unsigned*>(pointer(target));
    std::fill(memory, memory + words, value);
    return Code::success;
  });
}

// The calls that wait: on the default stream, and not while one is captured.
DRIVER_CALL cuMemcpyHtoD_v2(Address target, const void* source, std::size_t bytes) {
  ENTER(noCapture);
  Stream& stream = *streamOf(0);
  const Code code = bytes == 0 ? Code::success : copyIn(__func__, target, source, bytes, stream);
  return code == Code::success ? runUntil(markOf(stream)) : code;
}

DRIVER_CALL cuMemcpyDtoH_v2(void* target, Address source, std::size_t bytes) {
  ENTER(noCapture);
  Stream& stream = *streamOf(0);
  const Code code = bytes == 0 ? Code::success : copyOut(__func__, target, source, bytes, stream);
  return code == Code::success ? runUntil(markOf(stream)) : code;
}
