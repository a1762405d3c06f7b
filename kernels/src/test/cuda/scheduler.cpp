#include "scheduler.h"

#include <cstring>
#include <utility>

#include "checks.h"
#include "report.h"
#include "shared_memory.h"

namespace standIn {

Current current;
Scheduler scheduler;

namespace {

void setCurrent(unsigned number) {
  const Thread& thread = scheduler.threads[number];
  const Block& block = scheduler.blocks[thread.block];
  current.thread = thread.index;
  current.block = block.index;
  current.shared = block.shared;
  current.lane = thread.lane;
  current.rank = thread.block;
}

void goTo(Fiber* next) {
  Fiber* before = scheduler.running;
  scheduler.running = next;
  switchFiber(*before, *next);
}

[[noreturn]] void stuck() {
  std::string reason = "threads wait for ever:";
  unsigned waiting = 0;
  for (const Thread& thread : scheduler.threads) {
    if (thread.state != State::ready && thread.state != State::done && waiting++ < 4) {
      reason += " " + scheduler.describe(thread) + " at " + place(thread.site) + ",";
    }
  }
  scheduler.giveUp(Code::launchFailed, reason + " " + std::to_string(waiting) + " in all, " +
                                           std::to_string(scheduler.done) + " have ended");
}

// A thread that ends while others count on it makes them wait for ever, or read nothing.
void end(Thread& thread) {
  settleWrite();
  Block& block = scheduler.blockOf(thread);
  Warp& warp = scheduler.warpOf(thread);
  if (block.waiting > 0) {
    scheduler.giveUp(Code::launchFailed, scheduler.describe(thread) + " ends while others wait at the barrier " +
                                             place(block.site));
  }
  for (unsigned lane = 0; warp.waiting != 0 && lane < 32; lane++) {
    if (warp.waiting >> lane & 1u && warp.masks[lane] >> thread.lane & 1u) {
      scheduler.giveUp(Code::launchFailed, scheduler.describe(thread) + " ends while its warp waits for it at " +
                                               place(scheduler.threads[warp.firstThread + lane].site));
    }
  }
  thread.state = State::done;
  warp.done |= 1u << thread.lane;
  scheduler.done++;
  block.done++;
  if (block.done == scheduler.threadsPerBlock && scheduler.blocks.size() > 1) {
    forbidShared(thread.block);
  }
}

// Starts threads until none is left, one after the other on this stack as long as they do not wait.
void startThreads() {
  const auto total = static_cast<unsigned>(scheduler.threads.size());
  while (scheduler.started < total) {
    const unsigned next = scheduler.started++;
    const unsigned number = scheduler.launch->lastFirst ? total - 1 - next : next;
    Thread& thread = scheduler.threads[number];
    thread.fiber = scheduler.running;
    scheduler.running->thread = number;
    setCurrent(number);
    scheduler.launch->kernel->call(scheduler.launch->kernel->function, scheduler.launch->arguments);
    end(thread);
  }
}

void fiberMain() {
  while (true) {
    startThreads();
    scheduler.idle.push_back(scheduler.running);
    if (!scheduler.ready.empty()) {
      Fiber* next = scheduler.ready.front();
      scheduler.ready.pop_front();
      goTo(next);
    } else if (scheduler.done == scheduler.threads.size()) {
      goTo(&scheduler.main);
    } else {
      stuck();
    }
  }
}

Fiber* freshFiber() {
  if (scheduler.idle.empty()) {
    scheduler.fibers.push_back(std::make_unique<Fiber>());
    Fiber* fiber = scheduler.fibers.back().get();
    allocateStack(*fiber);
    prepare(*fiber, fiberMain);
    return fiber;
  }
  Fiber* fiber = scheduler.idle.back();
  scheduler.idle.pop_back();
  return fiber;
}

// After an error every stack is somewhere in a kernel: all begin anew.
void abandonFibers() {
  scheduler.idle.clear();
  for (auto& fiber : scheduler.fibers) {
    prepare(*fiber, fiberMain);
    scheduler.idle.push_back(fiber.get());
  }
}

}  // namespace

void Scheduler::runAll() {
  started = 0;
  done = 0;
  atCluster = 0;
  ready.clear();
  running = &main;
  goTo(freshFiber());
  if (code != Code::success) {
    abandonFibers();
  }
}

void Scheduler::wait(State state, Site site) {
  settleWrite();
  Fiber* mine = running;
  Thread& thread = threads[mine->thread];
  thread.state = state;
  thread.site = site;
  if (!ready.empty()) {
    Fiber* next = ready.front();
    ready.pop_front();
    goTo(next);
  } else if (started < threads.size()) {
    goTo(freshFiber());
  } else {
    stuck();
  }
  setCurrent(mine->thread);
}

void Scheduler::wake(Thread& thread) {
  thread.state = State::ready;
  ready.push_back(thread.fiber);
}

void Scheduler::giveUp(Code reasonCode, const std::string& reason) {
  report(std::string("kernel ") + launch->kernel->name + ": " + reason);
  code = reasonCode;
  goTo(&main);
  __builtin_unreachable();
}

std::string Scheduler::describe(const Thread& thread) const {
  const uint3 block = blocks[thread.block].index;
  std::string text = "block " + std::to_string(block.x);
  if (launch->blocks.y > 1 || launch->blocks.z > 1) {
    text += "," + std::to_string(block.y) + "," + std::to_string(block.z);
  }
  return text + " thread " + std::to_string(thread.index.x);
}

std::string place(Site site) {
  const char* slash = std::strrchr(site.file, '/');
  return std::string(slash != nullptr ? slash + 1 : site.file) + ":" + std::to_string(site.line);
}

void fault(Code code, const char* reason) {
  scheduler.giveUp(code, scheduler.describe(scheduler.self()) + ": " + reason);
}

}  // namespace standIn
