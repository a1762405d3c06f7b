#include "checks.h"

#include <sys/mman.h>

#include <array>
#include <cstring>
#include <memory>
#include <string>
#include <unordered_map>

#include "driver.h"
#include "scheduler.h"
#include "shared_memory.h"

namespace standIn {

std::uint32_t orderClock = 0;

namespace {

// Who was the last to do something with a word of 4 bytes, in which launch, and at which of its bytes.
struct Access {
  std::uint32_t launch;
  std::uint32_t thread;
  std::uint32_t time;
  std::uint32_t bytes;
};

struct Word {
  Access write;
  Access read;
};

constexpr std::size_t wordsPerPage = 1024;
using Page = std::array<Word, wordsPerPage>;

std::uint32_t launches = 0;
bool running = false;

// What is known of the words, by page of 4 kB.
std::unordered_map<std::uintptr_t, std::unique_ptr<Page>> pages;

// The pages that were last asked for, each at its number's last bits.
struct Recent {
  std::uintptr_t number;
  Page* page;
};
Recent recent[64];

Word& wordOf(std::uintptr_t address) {
  const std::uintptr_t number = address / (4 * wordsPerPage);
  Recent& last = recent[number % 64];
  if (number != last.number) {
    std::unique_ptr<Page>& found = pages[number];
    if (found == nullptr) {
      found = std::make_unique<Page>();
    }
    last = {number, found.get()};
  }
  return (*last.page)[address / 4 % wordsPerPage];
}

// Whether something orders what `before` did before what this thread does now.
bool isOrdered(const Access& before, const Thread& thread, std::uint32_t number, bool shared) {
  if (before.thread == number) {
    return true;
  }
  const Block& block = scheduler.blockOf(thread);
  const std::uint32_t thisBlock = number / scheduler.threadsPerBlock;
  const std::uint32_t otherBlock = before.thread / scheduler.threadsPerBlock;
  const std::uint32_t cluster = scheduler.launch->cluster;
  const bool sameCluster = otherBlock / cluster == thisBlock / cluster;
  if (sameCluster ? scheduler.clusterTime > before.time : shared) {
    // Other clusters have shared memory of their own, though it lies at the same addresses here.
    return true;
  }
  if (otherBlock != thisBlock) {
    // As where the last block to come, told by an atomic counter, adds up what the others left.
    return scheduler.fenceTime > before.time && block.atomicTime > before.time;
  }
  if (block.time > before.time) {
    return true;
  }
  const std::uint32_t otherInBlock = before.thread % scheduler.threadsPerBlock;
  const std::uint32_t inBlock = number % scheduler.threadsPerBlock;
  const bool met = thread.meetMask >> (otherInBlock % 32) & 1u && thread.meetTime > before.time;
  return otherInBlock / 32 == inBlock / 32 && (met || thread.wholeMeetTime > before.time);
}

bool conflicts(const Access& before, const Thread& thread, std::uint32_t number, std::uint32_t bytes, bool shared) {
  return before.launch == launches && (before.bytes & bytes) != 0 && !isOrdered(before, thread, number, shared);
}

[[noreturn]] void race(const Thread& thread, const Access& before, const char* does, const char* did, bool shared) {
  const std::uint32_t block = before.thread / scheduler.threadsPerBlock;
  scheduler.giveUp(Code::launchFailed,
                   scheduler.describe(thread) + " " + does + (shared ? " shared" : " device") + " memory that block " +
                       std::to_string(block) + " thread " + std::to_string(before.thread % scheduler.threadsPerBlock) +
                       " " + did + ", and nothing orders them");
}

// A write where another thread wrote before, and nothing orders them: no harm if the bytes stay as
// they are, so that the order cannot be seen.
struct DoubtfulWrite {
  std::uintptr_t address;
  std::size_t bytes;
  unsigned char before[16];
  Access other;
  bool shared;
};

DoubtfulWrite doubtful{};

// Adds a word to what the write is going to change.
void doubt(std::uintptr_t address, const Access& other, bool shared) {
  if (doubtful.bytes == 0) {
    doubtful = {address, 0, {}, other, shared};
  }
  const std::size_t bytes = address - address % 4 + 4 - doubtful.address;
  doubtful.bytes = bytes < sizeof doubtful.before ? bytes : sizeof doubtful.before;
  std::memcpy(doubtful.before, reinterpret_cast<const void*>(doubtful.address), doubtful.bytes);
}

void checkWord(std::uintptr_t address, std::uint32_t bytes, bool writes, bool shared) {
  const Thread& thread = scheduler.self();
  const std::uint32_t number = thread.number;
  Word& word = wordOf(address);
  if (conflicts(word.write, thread, number, bytes, shared)) {
    if (!writes) {
      race(thread, word.write, "reads", "wrote", shared);
    }
    doubt(address, word.write, shared);
  }
  if (writes && conflicts(word.read, thread, number, bytes, shared)) {
    race(thread, word.read, "writes", "read", shared);
  }
  Access& access = writes ? word.write : word.read;
  // Of several readers since the last barrier one in another warp is kept, if there is one: it is
  // the one that the fewest things order.
  if (writes || access.launch != launches || isOrdered(access, thread, number, shared)) {
    const bool same = access.launch == launches && access.thread == number && access.time == orderClock;
    access = {launches, number, orderClock, same ? access.bytes | bytes : bytes};
  } else {
    access.bytes |= bytes;
  }
}

void checkWords(std::uintptr_t address, std::size_t bytes, bool writes, bool shared) {
  while (bytes > 0) {
    const std::size_t offset = address % 4;
    const std::size_t count = bytes < 4 - offset ? bytes : 4 - offset;
    checkWord(address, ((1u << count) - 1) << offset, writes, shared);
    address += count;
    bytes -= count;
  }
}

}  // namespace

void settleWrite() {
  if (doubtful.bytes == 0) {
    return;
  }
  const DoubtfulWrite write = doubtful;
  doubtful.bytes = 0;
  if (std::memcmp(write.before, reinterpret_cast<const void*>(write.address), write.bytes) != 0) {
    race(scheduler.self(), write.other, "writes", "wrote", write.shared);
  }
}

void forgetAccesses(std::uintptr_t start, std::size_t bytes) {
  if (pages.empty()) {
    return;
  }
  for (std::uintptr_t page = start / (4 * wordsPerPage); page < (start + bytes) / (4 * wordsPerPage); page++) {
    if (pages.erase(page) > 0) {
      recent[page % 64] = {};
    }
  }
}

void beginChecks() {
  launches++;
  doubtful.bytes = 0;
  orderClock = 1;
  running = true;
}

void endChecks() { running = false; }

void checkAccess(const void* memory, std::size_t bytes, bool writes) {
  if (!running) {
    return;
  }
  settleWrite();
  const auto address = reinterpret_cast<std::uintptr_t>(memory);
  if (driver().memory.isReserved(address)) {
    if (driver().memory.find(address, bytes) == nullptr) {
      fault(Code::illegalAddress, "an access outside of the memory that is allocated");
    }
    checkWords(address, bytes, writes, false);
  } else if (isShared(memory)) {
    checkWords(address, bytes, writes, true);
  }
}

}  // namespace standIn

// What the compiler calls. Kernels are compiled apart, so these names reach no other code.
#define CHECK(name, bytes, writes)                                   \
  extern "C" STAND_IN_EXPORT void name(const void* memory) {         \
    standIn::checkAccess(memory, bytes, writes);                     \
  }
CHECK(__tsan_read1, 1, false)
CHECK(__tsan_read2, 2, false)
CHECK(__tsan_read4, 4, false)
CHECK(__tsan_read8, 8, false)
CHECK(__tsan_read16, 16, false)
CHECK(__tsan_write1, 1, true)
CHECK(__tsan_write2, 2, true)
CHECK(__tsan_write4, 4, true)
CHECK(__tsan_write8, 8, true)
CHECK(__tsan_write16, 16, true)
extern "C" STAND_IN_EXPORT void __tsan_read_range(const void* memory, std::size_t bytes) {
  standIn::checkAccess(memory, bytes, false);
}
extern "C" STAND_IN_EXPORT void __tsan_write_range(const void* memory, std::size_t bytes) {
  standIn::checkAccess(memory, bytes, true);
}
extern "C" STAND_IN_EXPORT void __tsan_init() {}
extern "C" STAND_IN_EXPORT void __tsan_func_entry(const void*) {}
extern "C" STAND_IN_EXPORT void __tsan_func_exit() {}
