package dev.segue.data.fetch;

import java.time.Duration;

/// Hears how a download goes; called from the thread that downloads.
public interface FetchProgress {
  /// A reply begins.
  ///
  /// @param bytes how much of the file is here already
  /// @param totalBytes how long the file is, or -1 where the server does not say
  default void started(long bytes, long totalBytes) {}

  /// More bytes are here.
  ///
  /// @param bytes how much of the file is here now
  default void received(long bytes) {}

  /// An attempt failed and another follows after a pause.
  ///
  /// @param pause how long the pause is
  /// @param reason what happened, one line
  default void retrying(Duration pause, String reason) {}

  /// Returns a progress that nobody hears.
  static FetchProgress silent() {
    return new FetchProgress() {};
  }
}
