#include "shared_memory.h"

#include <sys/mman.h>

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "checks.h"
#include "scheduler.h"

namespace standIn {

namespace {

constexpr std::size_t regionBytes = 256 * 1024;
constexpr std::size_t guardBytes = 64 * 1024;

constexpr unsigned mostBlocks = 16;

struct Region {
  unsigned char* start;
  bool forbidden;
};

// One beside the other, so that one comparison finds whether an address is in any.
unsigned char* reserve() {
  static unsigned char* start = [] {
    void* memory = mmap(nullptr, mostBlocks * (regionBytes + guardBytes), PROT_NONE,
                        MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (memory == MAP_FAILED) {
      std::abort();
    }
    return static_cast<unsigned char*>(memory);
  }();
  return start;
}

Region& region(unsigned rank) {
  static std::vector<Region> regions;
  while (regions.size() <= rank) {
    regions.push_back({reserve() + regions.size() * (regionBytes + guardBytes), true});
  }
  return regions[rank];
}

void protect(Region& region, bool forbidden) {
  if (region.forbidden != forbidden) {
    mprotect(region.start, regionBytes, forbidden ? PROT_NONE : PROT_READ | PROT_WRITE);
    region.forbidden = forbidden;
  }
}

}  // namespace

unsigned char* giveShared(unsigned rank, std::size_t bytes) {
  Region& mine = region(rank);
  protect(mine, false);
  const std::size_t rounded = (bytes + 15) / 16 * 16;
  unsigned char* start = mine.start + regionBytes - rounded;
  std::memset(start, 0xff, rounded);
  return start;
}

bool isShared(const void* memory) {
  const auto* address = static_cast<const unsigned char*>(memory);
  const Kernel& kernel = *scheduler.launch->kernel;
  return (address >= reserve() && address < reserve() + mostBlocks * (regionBytes + guardBytes)) ||
         (address >= kernel.statics && address < kernel.staticsEnd);
}

void forbidShared(unsigned rank) { protect(region(rank), true); }

void checkShared(const void* shared, std::size_t bytes) {
  const auto address = reinterpret_cast<std::uintptr_t>(shared);
  const auto start = reinterpret_cast<std::uintptr_t>(current.shared);
  if (address % bytes != 0) {
    fault(Code::misalignedAddress, "an address in shared memory is not aligned");
  }
  if (address < start || address + bytes > start + scheduler.launch->sharedBytes) {
    fault(Code::illegalAddress, "outside of the block's dynamic shared memory");
  }
}

void* mapShared(void* shared, unsigned rank) {
  const auto offset = static_cast<unsigned char*>(shared) - current.shared;
  if (offset < 0 || offset > static_cast<std::ptrdiff_t>(scheduler.launch->sharedBytes)) {
    fault(Code::illegalAddress, "mapShared: not in the block's dynamic shared memory");
  }
  if (rank >= scheduler.blocks.size()) {
    fault(Code::illegalAddress, "mapShared: the cluster has no such block");
  }
  return scheduler.blocks[rank].shared + offset;
}

namespace {
// Written from now on until it is waited for.
void checkCopy(const void* shared, const void* global) {
  if (scheduler.launch->kernel->checked) {
    checkAccess(global, 16, false);
    checkAccess(shared, 16, true);
  }
}
}  // namespace

void copyAsync16(void* shared, const void* global, bool later) {
  if (reinterpret_cast<std::uintptr_t>(shared) % 16 != 0 || reinterpret_cast<std::uintptr_t>(global) % 16 != 0) {
    fault(Code::misalignedAddress, "copyAsync16: an address is not a multiple of 16");
  }
  checkCopy(shared, global);
  if (!later) {
    std::memcpy(shared, global, 16);
    return;
  }
  std::memset(shared, 0xff, 16);
  Thread& thread = scheduler.self();
  thread.copies.push_back({shared, global, thread.copyGroup});
}

void copyAsyncCommit() { scheduler.self().copyGroup++; }

void copyAsyncWait(unsigned pending) {
  Thread& thread = scheduler.self();
  std::size_t kept = 0;
  for (const AsyncCopy& copy : thread.copies) {
    if (copy.group + pending < thread.copyGroup) {
      checkCopy(copy.shared, copy.global);
      std::memcpy(copy.shared, copy.global, 16);
    } else {
      thread.copies[kept++] = copy;
    }
  }
  thread.copies.resize(kept);
}

}  // namespace standIn
