// Device memory and page-locked memory of the host. Addresses are never used again, and what is not
// allocated cannot be touched: a kernel that does so stops with an illegal address.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

#include "grid.h"

namespace standIn {

using Address = std::uint64_t;

// The device of page-locked memory of the host.
constexpr int pinned = -1;

struct Allocation {
  Address start;
  std::size_t bytes;
  int device;
};

class Memory {
 public:
  // Returns an address that is a multiple of 256, or 0 where the reserve is used up. The bytes are
  // all ones: NaN as floats of 32 and 16 bits, -1 as whole numbers.
  Address allocate(std::size_t bytes, int device);

  // Returns false for what is not the start of an allocation there. A write behind the end is
  // reported and lost with it.
  bool free(Address start, int device);

  // Returns the allocation that holds the bytes, or null.
  STAND_IN_EXPORT const Allocation* find(Address start, std::size_t bytes) const;

  // Whether the address is one that allocations are made from.
  bool isReserved(Address address) const { return address - start_ < end_ - start_; }

  // Of a device, or of page-locked memory.
  std::size_t allocations(int device) const;
  std::size_t bytes(int device) const;

  // Frees what a device has.
  void clear(int device);

  // Frees everything.
  void clear();

 private:
  void forget(std::map<Address, Allocation>::iterator allocation);

  std::map<Address, Allocation> allocations_;
  // The allocation of each page: all have pages of their own.
  std::vector<const Allocation*> pages_;
  Address start_ = 0;
  Address next_ = 0;
  Address end_ = 0;
};

}  // namespace standIn
