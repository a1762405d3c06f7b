// What the stand-in has and a driver has not: settings, failures on request, counts.
#include <cstring>

#include "api.h"
#include "modules.h"

using namespace standIn;

namespace {

// `what` may name a setting, or "fail:<call>:<code>" for a failure of the call's n-th use from now.
bool set(Settings& settings, const std::string& what, long long value) {
  const std::map<std::string, long long Settings::*> names = {
      {"devices", &Settings::devices},
      {"driverVersion", &Settings::driverVersion},
      {"capability", &Settings::capability},
      {"memory", &Settings::memory},
      {"peers", &Settings::peers},
      {"eager", &Settings::eager},
      {"lastFirst", &Settings::lastFirst},
      {"checks", &Settings::checks},
  };
  const auto found = names.find(what);
  if (found == names.end()) {
    return false;
  }
  settings.*found->second = value;
  return true;
}

bool setFailure(const std::string& what, long long use) {
  constexpr const char* prefix = "fail:";
  const std::size_t colon = what.rfind(':');
  if (what.rfind(prefix, 0) != 0 || colon < std::strlen(prefix)) {
    return false;
  }
  const std::string call = what.substr(std::strlen(prefix), colon - std::strlen(prefix));
  driver().failures[call] = {driver().calls[call] + use, std::stoi(what.substr(colon + 1))};
  return true;
}

long long count(const std::string& what) {
  Driver& all = driver();
  const auto defaults = static_cast<long long>(all.defaultStreams.size());
  long long allocations = 0;
  long long bytes = 0;
  for (int device = 0; device < all.settings.devices; device++) {
    allocations += static_cast<long long>(all.memory.allocations(device));
    bytes += static_cast<long long>(all.memory.bytes(device));
  }
  const std::map<std::string, long long> counts = {
      {"allocations", allocations},
      {"allocatedBytes", bytes},
      {"pinned", static_cast<long long>(all.memory.allocations(pinned))},
      {"streams", static_cast<long long>(all.streams.size()) - defaults},
      {"events", static_cast<long long>(all.events.size())},
      {"modules", static_cast<long long>(all.modules.size())},
      {"graphs", static_cast<long long>(all.graphs.size())},
      {"executables", static_cast<long long>(all.executables.size())},
      {"blasHandles", static_cast<long long>(all.blas.size())},
      {"contexts", static_cast<long long>(all.contexts.size())},
  };
  const auto found = counts.find(what);
  if (found != counts.end()) {
    return found->second;
  }
  if (what == "alive") {
    long long sum = 0;
    for (const auto& [name, number] : counts) {
      sum += name == "allocatedBytes" ? 0 : number;
    }
    return sum;
  }
  const auto counter = all.counters.find(what);
  return counter != all.counters.end() ? counter->second : all.calls[what];
}

}  // namespace

// Returns 0, or 1 for what there is not.
extern "C" STAND_IN_EXPORT int standInSet(const char* what, long long value) {
  const std::lock_guard<std::recursive_mutex> guard(driver().lock);
  return set(driver().settings, what, value) || setFailure(what, value) ? 0 : 1;
}

// Returns how many there are of "allocations", "streams" and so on, or how often a call was made.
extern "C" STAND_IN_EXPORT long long standInCount(const char* what) {
  const std::lock_guard<std::recursive_mutex> guard(driver().lock);
  return count(what);
}

// Returns the last thing that went wrong, in words.
extern "C" STAND_IN_EXPORT const char* standInReport() { return lastReport().c_str(); }

// Says in which folders the project's kernels lie, compiled for the stand-in, and those with checks.
extern "C" STAND_IN_EXPORT void standInUseKernels(const char* plain, const char* checked) {
  const std::lock_guard<std::recursive_mutex> guard(driver().lock);
  useKernels(plain, checked);
}

// Returns PTX that declares the stand-in's own kernels.
extern "C" STAND_IN_EXPORT const char* standInPtx() {
  const std::lock_guard<std::recursive_mutex> guard(driver().lock);
  return textOfOwnKernels();
}

// Ends everything and takes all settings back.
extern "C" STAND_IN_EXPORT void standInReset() {
  Driver& all = driver();
  const std::lock_guard<std::recursive_mutex> guard(all.lock);
  all.initialised = false;
  all.settings = Settings{};
  all.memory.clear();
  all.contexts.all().clear();
  all.streams.all().clear();
  all.events.all().clear();
  all.modules.all().clear();
  all.functions.all().clear();
  all.graphs.all().clear();
  all.executables.all().clear();
  all.blas.all().clear();
  all.primary.clear();
  all.defaultStreams.clear();
  all.calls.clear();
  all.failures.clear();
  all.counters.clear();
  clearReport();
}
