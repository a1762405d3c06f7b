// Dynamic shared memory of the blocks that run, each followed by a forbidden page.
#pragma once

#include <cstddef>

namespace standIn {

// The most that any processor gives to a block.
constexpr std::size_t mostSharedBytes = 227 * 1024;

// Returns a block's memory, aligned to 16 bytes and full of NaN.
unsigned char* giveShared(unsigned rank, std::size_t bytes);

// Whether an address is in some block's dynamic or static shared memory.
bool isShared(const void* memory);

// Forbids a block's memory: it has ended, and another block of the cluster may still touch it.
void forbidShared(unsigned rank);

}  // namespace standIn
