// Where threads wait for each other. Stricter than a device in three points: a thread that has ended
// counts as missing, all must wait at the same line, and a mask names only lanes that exist.
#include "checks.h"
#include "scheduler.h"

namespace standIn {

namespace {

void checkSame(const Thread& thread, Site site, Site first, unsigned waiting) {
  if (waiting > 0 && (site.line != first.line || site.file != first.file)) {
    scheduler.giveUp(Code::launchFailed, scheduler.describe(thread) + " waits at the barrier " + place(site) +
                                             ", others at " + place(first));
  }
}

void wakeBlock(unsigned number) {
  for (unsigned i = 0; i < scheduler.threadsPerBlock; i++) {
    Thread& thread = scheduler.threads[number * scheduler.threadsPerBlock + i];
    if (thread.state == State::atBlock) {
      scheduler.wake(thread);
    }
  }
}

[[noreturn]] void refuseMask(const Thread& thread, Site site, const char* reason) {
  scheduler.giveUp(Code::launchFailed, scheduler.describe(thread) + " at " + place(site) + ": " + reason);
}

void checkMask(const Thread& thread, const Warp& warp, unsigned mask, Site site) {
  if (!(mask >> thread.lane & 1u)) {
    refuseMask(thread, site, "its own lane is not in the mask");
  }
  if ((mask & ~warp.existing) != 0) {
    refuseMask(thread, site, "the mask names lanes that the block does not have");
  }
  if ((mask & warp.done) != 0) {
    refuseMask(thread, site, "the mask names lanes that have ended");
  }
}

// The lanes of a mask have come: they must have come to the same call.
void checkMeeting(const Thread& thread, const Warp& warp, unsigned mask, Exchange exchange, Site site) {
  for (unsigned lane = 0; lane < 32; lane++) {
    if (!(mask >> lane & 1u)) {
      continue;
    }
    const Thread& other = scheduler.threads[warp.firstThread + lane];
    if (warp.masks[lane] != mask) {
      scheduler.giveUp(Code::launchFailed, scheduler.describe(thread) + " at " + place(site) +
                                               ": lanes came with different masks");
    }
    if (warp.exchanges[lane] != exchange || other.site.line != site.line || other.site.file != site.file) {
      scheduler.giveUp(Code::launchFailed, scheduler.describe(thread) + " at " + place(site) +
                                               " meets " + scheduler.describe(other) + " at " + place(other.site));
    }
  }
}

}  // namespace

void blockBarrier(Site site) {
  Thread& thread = scheduler.self();
  Block& block = scheduler.blockOf(thread);
  checkSame(thread, site, block.site, block.waiting);
  if (block.done > 0) {
    scheduler.giveUp(Code::launchFailed, scheduler.describe(thread) + " waits at the barrier " + place(site) +
                                             ", but " + std::to_string(block.done) + " of its block have ended");
  }
  block.site = site;
  if (block.waiting + 1 < scheduler.threadsPerBlock) {
    block.waiting++;
    scheduler.wait(State::atBlock, site);
    return;
  }
  block.waiting = 0;
  block.votesOfLast = block.votes;
  block.votes = 0;
  block.time = ++orderClock;
  wakeBlock(thread.block);
}

unsigned blockVote(Site site, bool vote) {
  Block& block = scheduler.blockOf(scheduler.self());
  block.votes += vote ? 1 : 0;
  blockBarrier(site);
  return block.votesOfLast;
}

void noteAtomic() { scheduler.blockOf(scheduler.self()).atomicTime = ++orderClock; }

void noteFence() { scheduler.fenceTime = ++orderClock; }

void clusterBarrier(Site site) {
  Thread& thread = scheduler.self();
  checkSame(thread, site, scheduler.clusterSite, scheduler.atCluster);
  if (scheduler.done > 0) {
    scheduler.giveUp(Code::launchFailed, scheduler.describe(thread) + " waits for the cluster at " + place(site) +
                                             ", but " + std::to_string(scheduler.done) + " threads of it have ended");
  }
  scheduler.clusterSite = site;
  if (scheduler.atCluster + 1 < scheduler.threads.size()) {
    scheduler.atCluster++;
    scheduler.wait(State::atCluster, site);
    return;
  }
  scheduler.atCluster = 0;
  scheduler.clusterTime = ++orderClock;
  for (Thread& other : scheduler.threads) {
    if (other.state == State::atCluster) {
      scheduler.wake(other);
    }
  }
}

void meet(unsigned mask, Exchange exchange, void* part, Site site) {
  Thread& thread = scheduler.self();
  Warp& warp = scheduler.warpOf(thread);
  checkMask(thread, warp, mask, site);
  const unsigned bit = 1u << thread.lane;
  warp.parts[thread.lane] = part;
  warp.masks[thread.lane] = mask;
  warp.exchanges[thread.lane] = exchange;
  thread.site = site;
  if (((warp.waiting | bit) & mask) != mask) {
    warp.waiting |= bit;
    scheduler.wait(State::atWarp, site);
    return;
  }
  checkMeeting(thread, warp, mask, exchange, site);
  exchange(warp.parts, mask);
  orderClock++;
  for (unsigned lane = 0; lane < 32; lane++) {
    if (mask >> lane & 1u) {
      Thread& other = scheduler.threads[warp.firstThread + lane];
      other.meetTime = orderClock;
      other.meetMask = mask;
      other.wholeMeetTime = mask == warp.existing ? orderClock : other.wholeMeetTime;
    }
  }
  const unsigned others = mask & ~bit;
  warp.waiting &= ~others;
  for (unsigned lane = 0; lane < 32; lane++) {
    if (others >> lane & 1u) {
      scheduler.wake(scheduler.threads[warp.firstThread + lane]);
    }
  }
}

}  // namespace standIn
