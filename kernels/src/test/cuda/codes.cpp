#include "codes.h"

namespace standIn {

const char* nameOf(int code) {
  switch (static_cast<Code>(code)) {
    case Code::success: return "CUDA_SUCCESS";
    case Code::invalidValue: return "CUDA_ERROR_INVALID_VALUE";
    case Code::outOfMemory: return "CUDA_ERROR_OUT_OF_MEMORY";
    case Code::notInitialised: return "CUDA_ERROR_NOT_INITIALIZED";
    case Code::noDevice: return "CUDA_ERROR_NO_DEVICE";
    case Code::invalidDevice: return "CUDA_ERROR_INVALID_DEVICE";
    case Code::invalidImage: return "CUDA_ERROR_INVALID_IMAGE";
    case Code::invalidContext: return "CUDA_ERROR_INVALID_CONTEXT";
    case Code::noBinaryForGpu: return "CUDA_ERROR_NO_BINARY_FOR_GPU";
    case Code::contextInUse: return "CUDA_ERROR_CONTEXT_ALREADY_IN_USE";
    case Code::peerAccessUnsupported: return "CUDA_ERROR_PEER_ACCESS_UNSUPPORTED";
    case Code::invalidPtx: return "CUDA_ERROR_INVALID_PTX";
    case Code::unsupportedPtxVersion: return "CUDA_ERROR_UNSUPPORTED_PTX_VERSION";
    case Code::invalidHandle: return "CUDA_ERROR_INVALID_HANDLE";
    case Code::notFound: return "CUDA_ERROR_NOT_FOUND";
    case Code::notReady: return "CUDA_ERROR_NOT_READY";
    case Code::illegalAddress: return "CUDA_ERROR_ILLEGAL_ADDRESS";
    case Code::launchOutOfResources: return "CUDA_ERROR_LAUNCH_OUT_OF_RESOURCES";
    case Code::peerAccessAlreadyEnabled: return "CUDA_ERROR_PEER_ACCESS_ALREADY_ENABLED";
    case Code::contextDestroyed: return "CUDA_ERROR_CONTEXT_IS_DESTROYED";
    case Code::misalignedAddress: return "CUDA_ERROR_MISALIGNED_ADDRESS";
    case Code::launchFailed: return "CUDA_ERROR_LAUNCH_FAILED";
    case Code::notSupported: return "CUDA_ERROR_NOT_SUPPORTED";
    case Code::captureUnsupported: return "CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED";
    case Code::captureInvalidated: return "CUDA_ERROR_STREAM_CAPTURE_INVALIDATED";
    case Code::captureMerge: return "CUDA_ERROR_STREAM_CAPTURE_MERGE";
    case Code::captureUnmatched: return "CUDA_ERROR_STREAM_CAPTURE_UNMATCHED";
    case Code::captureUnjoined: return "CUDA_ERROR_STREAM_CAPTURE_UNJOINED";
    case Code::captureIsolation: return "CUDA_ERROR_STREAM_CAPTURE_ISOLATION";
    case Code::captureImplicit: return "CUDA_ERROR_STREAM_CAPTURE_IMPLICIT";
    case Code::capturedEvent: return "CUDA_ERROR_CAPTURED_EVENT";
    case Code::captureWrongThread: return "CUDA_ERROR_STREAM_CAPTURE_WRONG_THREAD";
  }
  return nullptr;
}

}  // namespace standIn
