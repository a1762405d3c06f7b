package dev.segue.engine;

import dev.segue.data.Catalogue;
import dev.segue.data.Item;
import dev.segue.data.SessionLog;
import dev.segue.engine.files.Digests;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/// SHA-256 of the content that a model is trained on, whatever files it came from.
///
/// @param sessions of every event's session, item and time
/// @param catalogue of every item, or `none`
record DataDigests(String sessions, String catalogue) {
  /// Stands in for a catalogue that was not given.
  static final String NONE = "none";

  private static final int EVENT_BYTES = Integer.BYTES + Long.BYTES;
  private static final int EVENTS_AT_ONCE = 1 << 10;

  static DataDigests of(SessionLog sessions, @Nullable Catalogue catalogue) {
    return new DataDigests(of(sessions), catalogue == null ? NONE : of(catalogue));
  }

  private static String of(SessionLog log) {
    MessageDigest digest = Digests.sha256();
    log.items().ids().forEach(id -> update(digest, id));
    ByteBuffer events = ByteBuffer.allocate(EVENT_BYTES * EVENTS_AT_ONCE);
    for (int session = 0; session < log.sessionCount(); session++) {
      update(digest, log.sessionId(session));
      for (int i = log.start(session); i < log.end(session); i++) {
        if (!events.hasRemaining()) {
          digest.update(events.flip());
          events.clear();
        }
        events.putInt(log.item(i)).putLong(log.timeMillis(i));
      }
      digest.update(events.flip());
      events.clear();
    }
    return Digests.hex(digest);
  }

  private static String of(Catalogue catalogue) {
    MessageDigest digest = Digests.sha256();
    for (Item item : catalogue.items()) {
      update(digest, item.toString());
    }
    return Digests.hex(digest);
  }

  private static void update(MessageDigest digest, String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
  }
}
