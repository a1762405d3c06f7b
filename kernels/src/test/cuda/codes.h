// Numbers of CUresult that the stand-in answers with.
#pragma once

namespace standIn {

enum class Code : int {
  success = 0,
  invalidValue = 1,
  outOfMemory = 2,
  notInitialised = 3,
  noDevice = 100,
  invalidDevice = 101,
  invalidImage = 200,
  invalidContext = 201,
  noBinaryForGpu = 209,
  contextInUse = 216,
  peerAccessUnsupported = 217,
  invalidPtx = 218,
  unsupportedPtxVersion = 222,
  invalidHandle = 400,
  notFound = 500,
  notReady = 600,
  illegalAddress = 700,
  launchOutOfResources = 701,
  peerAccessAlreadyEnabled = 704,
  contextDestroyed = 709,
  misalignedAddress = 716,
  launchFailed = 719,
  notSupported = 801,
  captureUnsupported = 900,
  captureInvalidated = 901,
  captureMerge = 902,
  captureUnmatched = 903,
  captureUnjoined = 904,
  captureIsolation = 905,
  captureImplicit = 906,
  capturedEvent = 907,
  captureWrongThread = 908,
};

// CUDA_ERROR_OUT_OF_MEMORY for 2, or null for a number that is none.
const char* nameOf(int code);

}  // namespace standIn
