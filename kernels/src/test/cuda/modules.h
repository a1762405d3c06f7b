// What the text of a module says, and which compiled kernels stand for it.
#pragma once

#include <map>
#include <string>

#include "driver.h"

namespace standIn {

// Reads a module's text; on failure `log` says what is wrong.
Code readModule(const std::string& text, Module& module, std::string& log);

// Says where the compiled kernels lie, `kernels_sm90.so` and so on, and where those with checks, with
// the stand-in's own, `own.so`.
void useKernels(const std::string& plain, const std::string& checked);

// The kernel compiled for an architecture of PTX, or null.
const Kernel* findKernel(const std::string& name, int architecture);

// Text that declares all kernels that the test's own files hold.
const char* textOfOwnKernels();

}  // namespace standIn
