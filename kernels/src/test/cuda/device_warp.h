// Barriers, and what the lanes of a warp do together: each lane hands in where its part lies, and
// the last to come does the work of all.
#pragma once

#include <cstdint>
#include <cstring>

#include "grid.h"

#define STAND_IN_SITE const char* file = __builtin_FILE(), int line = __builtin_LINE()

inline void __syncthreads(STAND_IN_SITE) { standIn::blockBarrier({file, line}); }

inline int __syncthreads_or(int predicate, STAND_IN_SITE) {
  return standIn::blockVote({file, line}, predicate != 0) > 0;
}
inline int __syncthreads_and(int predicate, STAND_IN_SITE) {
  return standIn::blockVote({file, line}, predicate == 0) == 0;
}
inline int __syncthreads_count(int predicate, STAND_IN_SITE) {
  return static_cast<int>(standIn::blockVote({file, line}, predicate != 0));
}

namespace standIn {

template <typename T>
struct Shuffle {
  T value;
  unsigned source;
  T result;

  static void exchange(void** lanes, unsigned mask) {
    for (unsigned lane = 0; lane < 32; lane++) {
      if (mask >> lane & 1u) {
        auto* mine = static_cast<Shuffle*>(lanes[lane]);
        if (!(mask >> mine->source & 1u)) {
          fault(Code::launchFailed, "a shuffle reads a lane that does not take part");
        }
        mine->result = static_cast<Shuffle*>(lanes[mine->source])->value;
      }
    }
  }
};

template <typename T>
inline T shuffle(unsigned mask, T value, unsigned source, Site site) {
  Shuffle<T> part{value, source, value};
  meet(mask, Shuffle<T>::exchange, &part, site);
  return part.result;
}

inline unsigned lane() { return current.lane; }

struct Vote {
  bool predicate;
  unsigned result;

  static void exchange(void** lanes, unsigned mask) {
    unsigned votes = 0;
    for (unsigned lane = 0; lane < 32; lane++) {
      if (mask >> lane & 1u && static_cast<Vote*>(lanes[lane])->predicate) {
        votes |= 1u << lane;
      }
    }
    for (unsigned lane = 0; lane < 32; lane++) {
      if (mask >> lane & 1u) {
        static_cast<Vote*>(lanes[lane])->result = votes;
      }
    }
  }
};

inline void nothing(void**, unsigned) {}

}  // namespace standIn

inline void __syncwarp(unsigned mask = 0xffffffffu, STAND_IN_SITE) {
  standIn::meet(mask, standIn::nothing, nullptr, {file, line});
}

inline unsigned __ballot_sync(unsigned mask, int predicate, STAND_IN_SITE) {
  standIn::Vote part{predicate != 0, 0};
  standIn::meet(mask, standIn::Vote::exchange, &part, {file, line});
  return part.result;
}
inline int __any_sync(unsigned mask, int predicate, STAND_IN_SITE) {
  return __ballot_sync(mask, predicate, file, line) != 0;
}
inline int __all_sync(unsigned mask, int predicate, STAND_IN_SITE) {
  return __ballot_sync(mask, predicate, file, line) == mask;
}

// Lanes are counted within groups of `width`; a lane outside of its group reads itself.
template <typename T>
inline T __shfl_sync(unsigned mask, T value, int source, int width = 32, STAND_IN_SITE) {
  const unsigned group = standIn::lane() & ~(static_cast<unsigned>(width) - 1u);
  const unsigned from = group + (static_cast<unsigned>(source) & (static_cast<unsigned>(width) - 1u));
  return standIn::shuffle(mask, value, from, {file, line});
}
template <typename T>
inline T __shfl_xor_sync(unsigned mask, T value, int lanes, int width = 32, STAND_IN_SITE) {
  const unsigned from = standIn::lane() ^ static_cast<unsigned>(lanes);
  const unsigned end = (standIn::lane() & ~(static_cast<unsigned>(width) - 1u)) + static_cast<unsigned>(width);
  return standIn::shuffle(mask, value, from < end ? from : standIn::lane(), {file, line});
}
template <typename T>
inline T __shfl_down_sync(unsigned mask, T value, unsigned by, int width = 32, STAND_IN_SITE) {
  const unsigned end = (standIn::lane() & ~(static_cast<unsigned>(width) - 1u)) + static_cast<unsigned>(width);
  const unsigned from = standIn::lane() + by;
  return standIn::shuffle(mask, value, from < end ? from : standIn::lane(), {file, line});
}
template <typename T>
inline T __shfl_up_sync(unsigned mask, T value, unsigned by, int width = 32, STAND_IN_SITE) {
  const unsigned inGroup = standIn::lane() & (static_cast<unsigned>(width) - 1u);
  return standIn::shuffle(mask, value, inGroup >= by ? standIn::lane() - by : standIn::lane(), {file, line});
}

// Clusters, from sm_90 on.
namespace standIn {
inline void needClusters() {
  if (__CUDA_ARCH__ < 900) {
    fault(Code::launchFailed, "clusters before sm_90");
  }
}
}  // namespace standIn

inline unsigned clusterRank() {
  standIn::needClusters();
  return standIn::current.rank;
}
inline void clusterSync(STAND_IN_SITE) {
  standIn::needClusters();
  standIn::clusterBarrier({file, line});
}
template <typename T>
inline T* mapShared(T* shared, unsigned rank) {
  standIn::needClusters();
  return static_cast<T*>(standIn::mapShared(shared, rank));
}
