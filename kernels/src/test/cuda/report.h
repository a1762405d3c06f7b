// The last thing that went wrong, in words.
#pragma once

#include <string>

#include "grid.h"

namespace standIn {

// Keeps a reason for standInReport and prints it, since the caller only gets a number.
STAND_IN_EXPORT void report(const std::string& reason);

const std::string& lastReport();

void clearReport();

}  // namespace standIn
