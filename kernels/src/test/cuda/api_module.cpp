// Modules, kernels and their launches.
#include <algorithm>
#include <cstring>

#include "api.h"
#include "modules.h"
#include "profile.h"

using namespace standIn;

namespace {

// Options of cuModuleLoadDataEx: where the compiler's log of errors goes.
constexpr int errorLog = 5;
constexpr int errorLogBytes = 6;

void writeLog(const std::string& log, unsigned count, const int* options, void* const* values) {
  char* buffer = nullptr;
  std::size_t bytes = 0;
  for (unsigned i = 0; i < count; i++) {
    if (options[i] == errorLog) {
      buffer = static_cast<char*>(values[i]);
    } else if (options[i] == errorLogBytes) {
      bytes = reinterpret_cast<std::uintptr_t>(values[i]) & 0xffffffffu;
    }
  }
  if (buffer != nullptr && bytes > 0) {
    const std::size_t length = std::min(bytes - 1, log.size());
    std::memcpy(buffer, log.data(), length);
    buffer[length] = 0;
  }
}

Code load(Handle* handle, const void* image, unsigned count, const int* options, void* const* values) {
  Module module;
  module.context = currentContext();
  std::string log;
  const Code code = readModule(static_cast<const char*>(image), module, log);
  if (code != Code::success) {
    report("cuModuleLoadData: " + log);
    writeLog(log, count, options, values);
    return code;
  }
  *handle = driver().modules.add(std::move(module));
  return Code::success;
}

Function* functionOf(Handle handle) {
  Function* function = driver().functions.find(handle);
  const Module* module = function == nullptr ? nullptr : driver().modules.find(function->module);
  return module != nullptr && module->context == currentContext() ? function : nullptr;
}

Code refuse(const Function& function, Code code, const std::string& reason) {
  report(std::string("launch of ") + function.kernel->name + ": " + reason);
  return code;
}

Code checkLaunch(const Function& function, const Launch& launch) {
  const unsigned long long perBlock =
      static_cast<unsigned long long>(launch.threads.x) * launch.threads.y * launch.threads.z;
  const dim3 blocks = launch.blocks;
  if (blocks.x == 0 || blocks.y == 0 || blocks.z == 0 || perBlock == 0) {
    return refuse(function, Code::invalidValue, "no blocks or no threads");
  }
  if (blocks.x > 0x7fffffffu || blocks.y > 65535 || blocks.z > 65535) {
    return refuse(function, Code::invalidValue, "too many blocks in one direction");
  }
  if (perBlock > 1024 || launch.threads.z > 64) {
    return refuse(function, Code::invalidValue, std::to_string(perBlock) + " threads, at most 1024");
  }
  if (function.entry.mostThreads > 0 && perBlock > function.entry.mostThreads) {
    return refuse(function, Code::invalidValue,
                  std::to_string(perBlock) + " threads, at most " + std::to_string(function.entry.mostThreads) +
                      " by its __launch_bounds__");
  }
  if (function.entry.mostThreads == 0 && perBlock > 256) {
    // 256 threads find enough registers whatever the compiler took.
    return refuse(function, Code::launchOutOfResources, "more than 256 threads need __launch_bounds__");
  }
  if (launch.sharedBytes > function.sharedBytes) {
    return refuse(function, Code::invalidValue,
                  std::to_string(launch.sharedBytes) + " bytes of shared memory, allowed are " +
                      std::to_string(function.sharedBytes));
  }
  if (launch.cluster > 1) {
    if (driver().settings.capability < 90) {
      return refuse(function, Code::invalidValue, "clusters need compute capability 9");
    }
    if (launch.cluster > (function.largeClusters ? 16u : 8u) || blocks.x % launch.cluster != 0) {
      return refuse(function, Code::invalidValue,
                    "clusters of " + std::to_string(launch.cluster) + " do not fit " + std::to_string(blocks.x) +
                        " blocks, or are larger than 8");
    }
  }
  return Code::success;
}

// A kernel reaches its own device's memory, page-locked memory, and that of peers it was let at.
bool reaches(const Context& context, Address address) {
  const Allocation* found = driver().memory.find(address, 0);
  if (found == nullptr) {
    return false;
  }
  if (found->device == context.device || found->device == pinned) {
    return true;
  }
  for (const Handle peer : context.peers) {
    const Context* other = driver().contexts.find(peer);
    if (other != nullptr && other->device == found->device) {
      return true;
    }
  }
  return false;
}

// Arguments as they were when the kernel was launched.
class Arguments {
 public:
  Arguments(const Kernel& kernel, void* const* from) {
    std::size_t bytes = 0;
    for (const Parameter& parameter : kernel.parameters) {
      bytes = (bytes + parameter.alignment - 1) / parameter.alignment * parameter.alignment;
      offsets_.push_back(bytes);
      bytes += parameter.bytes;
    }
    values_.resize(bytes / sizeof(std::max_align_t) + 1);
    for (std::size_t i = 0; i < offsets_.size(); i++) {
      std::memcpy(at(i), from[i], kernel.parameters[i].bytes);
    }
  }

  std::vector<void*> pointers() {
    std::vector<void*> result;
    for (std::size_t i = 0; i < offsets_.size(); i++) {
      result.push_back(at(i));
    }
    return result;
  }

 private:
  void* at(std::size_t i) { return reinterpret_cast<unsigned char*>(values_.data()) + offsets_[i]; }

  std::vector<std::size_t> offsets_;
  std::vector<std::max_align_t> values_;
};

Code runKernel(Launch launch, Arguments& arguments, Handle owner) {
  std::vector<void*> pointers = arguments.pointers();
  const Context& context = *driver().contexts.find(owner);
  for (std::size_t i = 0; i < pointers.size(); i++) {
    Address address = 0;
    if (launch.kernel->parameters[i].pointer) {
      std::memcpy(&address, pointers[i], sizeof address);
    }
    if (address != 0 && !reaches(context, address)) {
      report(std::string("kernel ") + launch.kernel->name + ": parameter " + std::to_string(i) +
             " points to no memory of the device");
      return Code::illegalAddress;
    }
  }
  launch.arguments = pointers.data();
  launch.lastFirst = driver().settings.lastFirst != 0;
  return run(launch);
}

Code launchKernel(Handle handle, Launch launch, Handle streamHandle, void* const* parameters) {
  STREAM_OR_LEAVE(stream, streamHandle);
  const Function* function = functionOf(handle);
  if (function == nullptr) {
    report("cuLaunchKernel: not a kernel of a module that is loaded in this context");
    return Code::invalidHandle;
  }
  launch.kernel = function->kernel;
  if (function->entry.cluster > 0) {
    launch.cluster = function->entry.cluster;
  }
  if (const Code code = checkLaunch(*function, launch); code != Code::success) {
    return code;
  }
  driver().counters["launches"]++;
  auto arguments = std::make_shared<Arguments>(*function->kernel, parameters);
  return submit(*stream, [=, owner = currentContext()] { return runKernel(launch, *arguments, owner); });
}

}  // namespace

DRIVER_CALL cuModuleLoadDataEx(Handle* module, const void* image, unsigned count, const int* options, void** values) {
  ENTER(noCapture);
  return load(module, image, count, options, values);
}

DRIVER_CALL cuModuleLoadData(Handle* module, const void* image) {
  ENTER(noCapture);
  return load(module, image, 0, nullptr, nullptr);
}

DRIVER_CALL cuModuleUnload(Handle handle) {
  ENTER(noCapture);
  if (const Code code = runAll(currentContext()); code != Code::success) {
    return code;
  }
  return driver().modules.remove(handle) ? Code::success : Code::invalidHandle;
}

DRIVER_CALL cuModuleGetFunction(Handle* function, Handle handle, const char* name) {
  ENTER(context);
  const Module* module = driver().modules.find(handle);
  if (module == nullptr) {
    return Code::invalidHandle;
  }
  const auto entry = module->entries.find(name);
  if (entry == module->entries.end()) {
    return Code::notFound;
  }
  *function = driver().functions.add(handle, findKernel(name, module->architecture), entry->second);
  return Code::success;
}

// Numbers of CUfunction_attribute.
DRIVER_CALL cuFuncSetAttribute(Handle handle, int attribute, int value) {
  ENTER(context);
  Function* function = functionOf(handle);
  if (function == nullptr) {
    return Code::invalidHandle;
  }
  constexpr int mostDynamicShared = 8;
  constexpr int largeClusters = 14;
  if (attribute == mostDynamicShared && value >= 0 &&
      value <= profileOf(driver().settings.capability).sharedPerBlock) {
    function->sharedBytes = static_cast<unsigned>(value);
    return Code::success;
  }
  if (attribute == largeClusters && driver().settings.capability >= 90) {
    function->largeClusters = value != 0;
    return Code::success;
  }
  report("cuFuncSetAttribute: attribute " + std::to_string(attribute) + " cannot be " + std::to_string(value));
  return Code::invalidValue;
}

DRIVER_CALL cuOccupancyMaxActiveBlocksPerMultiprocessor(int* blocks, Handle handle, int threads, std::size_t shared) {
  ENTER(context);
  if (functionOf(handle) == nullptr || threads <= 0 || threads > 1024) {
    return Code::invalidValue;
  }
  const Profile profile = profileOf(driver().settings.capability);
  const int byThreads = profile.threadsPerMultiprocessor / ((threads + 31) / 32 * 32);
  const int byShared = profile.sharedPerMultiprocessor / (static_cast<int>(shared) + 1024);
  *blocks = std::min({profile.blocksPerMultiprocessor, byThreads, byShared});
  return Code::success;
}

DRIVER_CALL cuLaunchKernel(Handle function, unsigned blocksX, unsigned blocksY, unsigned blocksZ, unsigned threadsX,
                           unsigned threadsY, unsigned threadsZ, unsigned shared, Handle stream, void** parameters,
                           void** extra) {
  ENTER(context);
  if (extra != nullptr) {
    return Code::notSupported;
  }
  Launch launch{};
  launch.blocks = {blocksX, blocksY, blocksZ};
  launch.threads = {threadsX, threadsY, threadsZ};
  launch.sharedBytes = shared;
  launch.cluster = 1;
  return launchKernel(function, launch, stream, parameters);
}

namespace {

// CUlaunchAttribute and CUlaunchConfig.
struct LaunchAttribute {
  int id;
  int padding;
  unsigned value[16];
};

struct LaunchConfiguration {
  unsigned blocks[3];
  unsigned threads[3];
  unsigned sharedBytes;
  Handle stream;
  const LaunchAttribute* attributes;
  unsigned attributeCount;
};

static_assert(sizeof(LaunchAttribute) == 72 && sizeof(LaunchConfiguration) == 56, "as in cuda.h");

}  // namespace

DRIVER_CALL cuLaunchKernelEx(const LaunchConfiguration* configuration, Handle function, void** parameters,
                             void** extra) {
  ENTER(context);
  if (extra != nullptr) {
    return Code::notSupported;
  }
  const auto& [blocks, threads, shared, stream, attributes, count] = *configuration;
  Launch launch{};
  launch.blocks = {blocks[0], blocks[1], blocks[2]};
  launch.threads = {threads[0], threads[1], threads[2]};
  launch.sharedBytes = shared;
  launch.cluster = 1;
  for (unsigned i = 0; i < count; i++) {
    constexpr int clusterDimension = 4;
    const LaunchAttribute& attribute = attributes[i];
    if (attribute.id != clusterDimension || attribute.value[1] != 1 || attribute.value[2] != 1) {
      report("cuLaunchKernelEx: of attributes the stand-in knows clusters in x only");
      return Code::invalidValue;
    }
    launch.cluster = attribute.value[0];
  }
  return launchKernel(function, launch, stream, parameters);
}
