// Turns signals of a kernel's memory accesses into errors of the device.
#pragma once

namespace standIn {

// Takes the signals over, once. Those that come from elsewhere go on to who had them before, such
// as the Java virtual machine.
void watchSignals();

// Says that this thread of the program runs a kernel from now on, or does so no more.
void watchKernel(bool running);

}  // namespace standIn
