// Devices and contexts.
#include <cstdio>

#include "api.h"
#include "profile.h"
#include "report.h"

using namespace standIn;

namespace {

bool isDevice(int device) { return device >= 0 && device < driver().settings.devices; }

template <typename T>
long long endAll(Table<T>& table, Handle context) {
  long long ended = 0;
  for (auto next = table.all().begin(); next != table.all().end();) {
    const auto current = next++;
    if (current->second->context == context) {
      table.all().erase(current);
      ended++;
    }
  }
  return ended;
}

// What a context leaves behind ends with it; its owner should have ended it before, so it is counted.
void endContext(Handle handle, int device) {
  Driver& all = driver();
  const auto defaultStream = all.defaultStreams.find(handle);
  if (defaultStream != all.defaultStreams.end()) {
    all.streams.remove(defaultStream->second);
    all.defaultStreams.erase(defaultStream);
  }
  long long& left = all.counters["leaks"];
  left += static_cast<long long>(all.memory.allocations(device));
  all.memory.clear(device);
  left += endAll(all.streams, handle) + endAll(all.events, handle) + endAll(all.modules, handle);
  left += endAll(all.graphs, handle) + endAll(all.executables, handle) + endAll(all.blas, handle);
  all.primary.erase(device);
  all.contexts.remove(handle);
}

}  // namespace

DRIVER_CALL cuInit(unsigned flags) {
  ENTER(nothing);
  if (flags != 0) {
    return Code::invalidValue;
  }
  if (driver().settings.devices == 0) {
    return Code::noDevice;
  }
  driver().initialised = true;
  return Code::success;
}

DRIVER_CALL cuDriverGetVersion(int* version) {
  ENTER(nothing);
  *version = static_cast<int>(driver().settings.driverVersion);
  return Code::success;
}

DRIVER_CALL cuDeviceGetCount(int* count) {
  ENTER(initialised);
  *count = static_cast<int>(driver().settings.devices);
  return Code::success;
}

DRIVER_CALL cuDeviceGet(int* device, int ordinal) {
  ENTER(initialised);
  if (!isDevice(ordinal)) {
    return Code::invalidDevice;
  }
  *device = ordinal;
  return Code::success;
}

DRIVER_CALL cuDeviceGetName(char* name, int length, int device) {
  ENTER(initialised);
  if (!isDevice(device)) {
    return Code::invalidDevice;
  }
  std::snprintf(name, static_cast<std::size_t>(length), "Stand-in %d", device);
  return Code::success;
}

DRIVER_CALL cuDeviceTotalMem_v2(std::size_t* bytes, int device) {
  ENTER(initialised);
  if (!isDevice(device)) {
    return Code::invalidDevice;
  }
  *bytes = static_cast<std::size_t>(driver().settings.memory);
  return Code::success;
}

// Numbers of CUdevice_attribute.
DRIVER_CALL cuDeviceGetAttribute(int* value, int attribute, int device) {
  ENTER(initialised);
  if (!isDevice(device)) {
    return Code::invalidDevice;
  }
  const long long capability = driver().settings.capability;
  const Profile profile = profileOf(capability);
  switch (attribute) {
    case 1: *value = 1024; break;                              // threads of a block
    case 8: *value = 48 * 1024; break;                         // shared memory of a block
    case 10: *value = 32; break;                               // warp
    case 16: *value = 4; break;                                // multiprocessors
    case 38: *value = 1 << 20; break;                          // second cache
    case 39: *value = profile.threadsPerMultiprocessor; break;
    case 41: *value = 1; break;                                // one space of addresses
    case 75: *value = static_cast<int>(capability / 10); break;
    case 76: *value = static_cast<int>(capability % 10); break;
    case 81: *value = profile.sharedPerMultiprocessor; break;
    case 97: *value = profile.sharedPerBlock; break;
    case 106: *value = profile.blocksPerMultiprocessor; break;
    case 120: *value = capability >= 90 ? 1 : 0; break;        // clusters
    default:
      report("cuDeviceGetAttribute: attribute " + std::to_string(attribute) + " is not known to the stand-in");
      return Code::invalidValue;
  }
  return Code::success;
}

DRIVER_CALL cuDeviceCanAccessPeer(int* can, int device, int peer) {
  ENTER(initialised);
  if (!isDevice(device) || !isDevice(peer)) {
    return Code::invalidDevice;
  }
  *can = device != peer && driver().settings.peers != 0 ? 1 : 0;
  return Code::success;
}

DRIVER_CALL cuDevicePrimaryCtxRetain(Handle* handle, int device) {
  ENTER(initialised);
  if (!isDevice(device)) {
    return Code::invalidDevice;
  }
  Handle& primary = driver().primary[device];
  if (primary == 0) {
    primary = driver().contexts.add(device);
  }
  driver().contexts.find(primary)->retained++;
  *handle = primary;
  return Code::success;
}

DRIVER_CALL cuDevicePrimaryCtxRelease_v2(int device) {
  ENTER(initialised);
  const auto found = driver().primary.find(device);
  if (found == driver().primary.end()) {
    report("cuDevicePrimaryCtxRelease: the device's context is not retained");
    return Code::invalidContext;
  }
  const Handle handle = found->second;
  if (--driver().contexts.find(handle)->retained == 0) {
    runAll(handle);
    endContext(handle, device);
  }
  return Code::success;
}

DRIVER_CALL cuCtxSetCurrent(Handle handle) {
  ENTER(initialised);
  if (handle != 0 && driver().contexts.find(handle) == nullptr) {
    return Code::invalidContext;
  }
  currentContext() = handle;
  return Code::success;
}

DRIVER_CALL cuCtxGetCurrent(Handle* handle) {
  ENTER(initialised);
  *handle = currentContext();
  return Code::success;
}

DRIVER_CALL cuCtxGetDevice(int* device) {
  ENTER(context);
  *device = context()->device;
  return Code::success;
}

DRIVER_CALL cuCtxSynchronize() {
  ENTER(noCapture);
  return runAll(currentContext());
}

DRIVER_CALL cuCtxEnablePeerAccess(Handle peer, unsigned flags) {
  ENTER(noCapture);
  const Context* other = driver().contexts.find(peer);
  if (flags != 0 || other == nullptr) {
    return flags != 0 ? Code::invalidValue : Code::invalidContext;
  }
  if (other->device == context()->device || driver().settings.peers == 0) {
    return Code::peerAccessUnsupported;
  }
  return context()->peers.insert(peer).second ? Code::success : Code::peerAccessAlreadyEnabled;
}

DRIVER_CALL cuGetErrorName(int code, const char** name) {
  *name = nameOf(code);
  return *name == nullptr ? Code::invalidValue : Code::success;
}

DRIVER_CALL cuGetErrorString(int code, const char** text) { return cuGetErrorName(code, text); }
