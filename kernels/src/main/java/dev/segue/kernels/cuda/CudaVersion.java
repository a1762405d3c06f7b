package dev.segue.kernels.cuda;

/// CUDA's versions, numbered 1000 · major + 10 · minor.
final class CudaVersion {
  private CudaVersion() {}

  /// Returns a version as people write it: `12.4` for 12040.
  static String text(int version) {
    return version / 1000 + "." + version % 1000 / 10;
  }
}
