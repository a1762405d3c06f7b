package dev.segue.engine;

import dev.segue.data.SessionLog;

/// Tells logs apart by what is in them.
public final class SessionDigests {
  private SessionDigests() {}

  /// Returns the SHA-256 of every event's session, item and time, whatever file they came from.
  public static String of(SessionLog sessions) {
    return DataDigests.of(sessions, null).sessions();
  }
}
