// The threads of the blocks that run, and who goes on when one waits.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "fibers.h"
#include "grid.h"

namespace standIn {

enum class State { ready, atBlock, atWarp, atCluster, done };

struct AsyncCopy {
  void* shared;
  const void* global;
  unsigned group;
};

struct Thread {
  uint3 index;
  unsigned block;
  unsigned warp;
  unsigned lane;
  State state;
  Site site;
  Fiber* fiber;
  std::vector<AsyncCopy> copies;
  unsigned copyGroup;
  std::uint32_t number;  // among all of the launch
  // By the clock of checks.h: the last meeting and its lanes, and the last of the whole warp.
  std::uint32_t meetTime;
  std::uint32_t wholeMeetTime;
  unsigned meetMask;
};

struct Warp {
  unsigned existing;
  unsigned done;
  unsigned waiting;
  unsigned firstThread;
  void* parts[32];
  unsigned masks[32];
  Exchange exchanges[32];
};

struct Block {
  uint3 index;
  unsigned char* shared;
  unsigned waiting;
  unsigned done;
  Site site;
  unsigned votes;
  unsigned votesOfLast;
  // Of the last barrier, and of the last atomic operation.
  std::uint32_t time;
  std::uint32_t atomicTime;
};

// What runs at once: the blocks of a cluster, or one block. The first to be made ready goes on
// first, and a thread is started only when none is ready: a warp comes far before the next begins.
struct Scheduler {
  const Launch* launch = nullptr;
  unsigned threadsPerBlock = 0;
  std::vector<Thread> threads;
  std::vector<Warp> warps;
  std::vector<Block> blocks;
  unsigned started = 0;
  unsigned done = 0;
  unsigned atCluster = 0;
  Site clusterSite{};
  std::uint32_t clusterTime = 0;
  std::uint32_t fenceTime = 0;
  std::deque<Fiber*> ready;
  std::vector<Fiber*> idle;
  std::deque<std::unique_ptr<Fiber>> fibers;
  Fiber main;
  Fiber* running = nullptr;
  Code code = Code::success;

  Thread& self() { return threads[running->thread]; }
  Warp& warpOf(const Thread& thread) { return warps[thread.warp]; }
  Block& blockOf(const Thread& thread) { return blocks[thread.block]; }

  // Runs all threads to their end, or until one gives up.
  void runAll();

  // Lets others run until somebody wakes this thread.
  void wait(State state, Site site);

  // Makes a waiting thread ready.
  void wake(Thread& thread);

  // Ends all threads.
  [[noreturn]] void giveUp(Code code, const std::string& reason);

  std::string describe(const Thread& thread) const;
};

extern Scheduler scheduler;

// "rows.cu:42"
std::string place(Site site);

}  // namespace standIn
