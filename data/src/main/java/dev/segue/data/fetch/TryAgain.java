package dev.segue.data.fetch;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A failure that another attempt may not meet; the message is one line without the file's name.
final class TryAgain extends IOException {
  private static final long serialVersionUID = 1L;

  /// The pause that the server or the reason asks for, or null for the usual one.
  final transient @Nullable Duration pause;

  TryAgain(String message, @Nullable Throwable cause) {
    super(message, cause);
    this.pause = null;
  }

  private TryAgain(String message, Duration pause) {
    super(message);
    this.pause = pause;
  }

  /// Returns a failure that a new attempt right now is the answer to.
  static TryAgain atOnce(String message) {
    return new TryAgain(message, Duration.ZERO);
  }

  /// Returns a failure whose pause the server has named.
  static TryAgain after(Duration pause, String message) {
    return new TryAgain(message, pause);
  }
}
