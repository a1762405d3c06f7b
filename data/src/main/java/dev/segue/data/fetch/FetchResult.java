package dev.segue.data.fetch;

import java.nio.file.Path;

/// A file that is here and verified.
///
/// @param file the file under its final name
/// @param record the file beside it that says where it came from
/// @param lengthBytes its length
/// @param sha256 its digest, 64 hexadecimal digits
/// @param receivedBytes how many bytes of it this run received; 0 when it was here already
/// @param attempts how often it was asked for in this run; 0 when it was here already
public record FetchResult(
    Path file, Path record, long lengthBytes, String sha256, long receivedBytes, int attempts) {

  /// Returns whether nothing had to be done.
  public boolean wasPresent() {
    return attempts == 0;
  }
}
