#include "memory.h"

#include <sys/mman.h>

#include <cstring>
#include <string>

#include "checks.h"
#include "report.h"

namespace standIn {

namespace {

constexpr std::size_t pageBytes = 64 * 1024;  // a multiple of any page that Linux has
constexpr std::size_t reserveBytes = std::size_t{256} << 30;
constexpr std::size_t alignment = 256;

std::size_t roundUp(std::size_t bytes, std::size_t unit) { return (bytes + unit - 1) / unit * unit; }

Address pageOf(Address address) { return address / pageBytes * pageBytes; }

}  // namespace

Address Memory::allocate(std::size_t bytes, int device) {
  if (next_ == 0) {
    void* reserve = mmap(nullptr, reserveBytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (reserve == MAP_FAILED) {
      return 0;
    }
    next_ = roundUp(reinterpret_cast<Address>(reserve), pageBytes);
    start_ = next_;
    end_ = reinterpret_cast<Address>(reserve) + reserveBytes;
  }
  const std::size_t used = roundUp(bytes, alignment);
  const std::size_t pages = roundUp(used, pageBytes);
  if (next_ + pages + pageBytes > end_ ||
      mprotect(reinterpret_cast<void*>(next_), pages, PROT_READ | PROT_WRITE) != 0) {
    return 0;
  }
  // The end touches the next page, which stays forbidden.
  const Address start = next_ + pages - used;
  std::memset(reinterpret_cast<void*>(start), 0xff, used);
  next_ += pages + pageBytes;
  allocations_[start] = {start, bytes, device};
  pages_.resize((next_ - start_) / pageBytes);
  for (Address page = pageOf(start); page < start + used; page += pageBytes) {
    pages_[(page - start_) / pageBytes] = &allocations_[start];
  }
  return start;
}

bool Memory::free(Address start, int device) {
  const auto found = allocations_.find(start);
  if (found == allocations_.end() || found->second.device != device) {
    return false;
  }
  forget(found);
  return true;
}

void Memory::forget(std::map<Address, Allocation>::iterator allocation) {
  const auto& [start, bytes, device] = allocation->second;
  const std::size_t used = roundUp(bytes, alignment);
  const auto* memory = reinterpret_cast<const unsigned char*>(start);
  for (std::size_t i = bytes; i < used; i++) {
    if (memory[i] != 0xff) {
      report("somebody wrote behind the end of an allocation of " + std::to_string(bytes) + " bytes, at byte " +
             std::to_string(i));
      break;
    }
  }
  const Address first = pageOf(start);
  void* pages = reinterpret_cast<void*>(first);
  const std::size_t length = start + used - first;
  forgetAccesses(first, length);
  madvise(pages, length, MADV_DONTNEED);
  mprotect(pages, length, PROT_NONE);
  for (Address page = first; page < first + length; page += pageBytes) {
    pages_[(page - start_) / pageBytes] = nullptr;
  }
  allocations_.erase(allocation);
}

const Allocation* Memory::find(Address start, std::size_t bytes) const {
  const std::size_t page = (start - start_) / pageBytes;
  if (!isReserved(start) || page >= pages_.size() || pages_[page] == nullptr) {
    return nullptr;
  }
  const Allocation& candidate = *pages_[page];
  const Address offset = start - candidate.start;
  return start >= candidate.start && offset <= candidate.bytes && bytes <= candidate.bytes - offset ? &candidate
                                                                                                   : nullptr;
}

std::size_t Memory::allocations(int device) const {
  std::size_t count = 0;
  for (const auto& [start, allocation] : allocations_) {
    count += allocation.device == device ? 1 : 0;
  }
  return count;
}

std::size_t Memory::bytes(int device) const {
  std::size_t sum = 0;
  for (const auto& [start, allocation] : allocations_) {
    sum += allocation.device == device ? allocation.bytes : 0;
  }
  return sum;
}

void Memory::clear(int device) {
  for (auto next = allocations_.begin(); next != allocations_.end();) {
    const auto current = next++;
    if (current->second.device == device) {
      forget(current);
    }
  }
}

void Memory::clear() {
  while (!allocations_.empty()) {
    forget(allocations_.begin());
  }
}

}  // namespace standIn
