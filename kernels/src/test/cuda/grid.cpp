#include "grid.h"

#include <algorithm>
#include <string>

#include "checks.h"
#include "faults.h"
#include "report.h"
#include "scheduler.h"
#include "shared_memory.h"

namespace standIn {

namespace {

constexpr unsigned char notWritten = 0xff;

void layOut(const Launch& launch) {
  const unsigned perBlock = launch.threads.x * launch.threads.y * launch.threads.z;
  const unsigned warpsPerBlock = (perBlock + 31) / 32;
  scheduler.launch = &launch;
  scheduler.threadsPerBlock = perBlock;
  scheduler.threads.resize(perBlock * launch.cluster);
  scheduler.warps.resize(warpsPerBlock * launch.cluster);
  scheduler.blocks.resize(launch.cluster);
  for (unsigned i = 0; i < scheduler.threads.size(); i++) {
    const unsigned inBlock = i % perBlock;
    Thread& thread = scheduler.threads[i];
    thread.index = {inBlock % launch.threads.x, inBlock / launch.threads.x % launch.threads.y,
                    inBlock / (launch.threads.x * launch.threads.y)};
    thread.block = i / perBlock;
    thread.warp = thread.block * warpsPerBlock + inBlock / 32;
    thread.lane = inBlock % 32;
    thread.copyGroup = 0;
  }
  for (unsigned i = 0; i < scheduler.warps.size(); i++) {
    const unsigned first = i % warpsPerBlock * 32;
    const unsigned lanes = perBlock - first < 32 ? perBlock - first : 32;
    Warp& warp = scheduler.warps[i];
    warp.existing = lanes == 32 ? 0xffffffffu : (1u << lanes) - 1;
    warp.firstThread = i / warpsPerBlock * perBlock + first;
  }
}

void reset(const Launch& launch, unsigned long long firstBlock) {
  scheduler.clusterTime = 0;
  for (unsigned rank = 0; rank < launch.cluster; rank++) {
    const unsigned long long number = firstBlock + rank;
    Block& block = scheduler.blocks[rank];
    block = Block{};
    block.index = {static_cast<unsigned>(number % launch.blocks.x),
                   static_cast<unsigned>(number / launch.blocks.x % launch.blocks.y),
                   static_cast<unsigned>(number / launch.blocks.x / launch.blocks.y)};
    block.shared = giveShared(rank, launch.sharedBytes);
  }
  std::fill(launch.kernel->statics, launch.kernel->staticsEnd, notWritten);
  for (Warp& warp : scheduler.warps) {
    warp.done = 0;
    warp.waiting = 0;
  }
  auto number = static_cast<std::uint32_t>(firstBlock * scheduler.threadsPerBlock);
  for (Thread& thread : scheduler.threads) {
    thread.number = number++;
    thread.state = State::ready;
    thread.copies.clear();
    thread.meetTime = 0;
    thread.wholeMeetTime = 0;
  }
}

// The blocks of a cluster run at once, but there is only one copy of static shared memory.
void checkStatics(const Launch& launch) {
  const auto isWritten = [](unsigned char byte) { return byte != notWritten; };
  if (launch.cluster > 1 && std::any_of(launch.kernel->statics, launch.kernel->staticsEnd, isWritten)) {
    report(std::string("kernel ") + launch.kernel->name + ": blocks of a cluster must use dynamic shared memory only");
    scheduler.code = Code::launchFailed;
  }
}

}  // namespace

Code run(const Launch& launch) {
  const unsigned long long blocks =
      static_cast<unsigned long long>(launch.blocks.x) * launch.blocks.y * launch.blocks.z;
  layOut(launch);
  current.threads = launch.threads;
  current.blocks = launch.blocks;
  scheduler.code = Code::success;
  scheduler.fenceTime = 0;
  beginChecks();
  watchSignals();
  watchKernel(true);
  for (unsigned long long i = 0; i < blocks && scheduler.code == Code::success; i += launch.cluster) {
    reset(launch, launch.lastFirst ? blocks - launch.cluster - i : i);
    scheduler.runAll();
    checkStatics(launch);
  }
  watchKernel(false);
  endChecks();
  return scheduler.code;
}

}  // namespace standIn
