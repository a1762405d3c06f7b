package dev.segue.data;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds a session id that occurs twice in some logs, in a heap that does not hold the ids: hashes
/// are sorted, a share of them at a time, and only ids whose hashes agree are compared.
final class RepeatedIds {
  /// Hashes take a sixteenth of the heap at most.
  private static final int HEAP_SHARE = 16;

  private RepeatedIds() {}

  /// An id, and the place in the list of the log that has it although it, or one before it, had it
  /// already.
  record Repeated(String id, int log) {}

  static @Nullable Repeated first(List<SessionLog> logs) {
    long room = Runtime.getRuntime().maxMemory() / HEAP_SHARE / Long.BYTES;
    return first(logs, Math.clamp(room, 1 << 10, 1 << 26));
  }

  /// Returns the first repeated id, or null.
  ///
  /// @param room how many hashes are held at a time, more or less
  static @Nullable Repeated first(List<SessionLog> logs, int room) {
    long sessions = logs.stream().mapToLong(SessionLog::sessionCount).sum();
    int shares = (int) Math.max(1, Math.ceilDiv(sessions, room));
    Set<Long> suspects = new HashSet<>();
    for (int share = 0; share < shares; share++) {
      addRepeatedHashes(logs, share, shares, suspects);
    }
    return suspects.isEmpty() ? null : compared(logs, suspects);
  }

  private static void addRepeatedHashes(
      List<SessionLog> logs, int share, int shares, Set<Long> suspects) {
    long[] hashes = new long[1024];
    int size = 0;
    for (SessionLog log : logs) {
      for (int session = 0; session < log.sessionCount(); session++) {
        long hash = hash(log.sessionIdBytes(session));
        if (((hash >>> Integer.SIZE) * shares) >>> Integer.SIZE == share) {
          hashes = size < hashes.length ? hashes : Arrays.copyOf(hashes, size + (size >> 1));
          hashes[size++] = hash;
        }
      }
    }
    Arrays.sort(hashes, 0, size);
    for (int i = 1; i < size; i++) {
      if (hashes[i] == hashes[i - 1]) {
        suspects.add(hashes[i]);
      }
    }
  }

  private static @Nullable Repeated compared(List<SessionLog> logs, Set<Long> suspects) {
    Set<String> seen = new HashSet<>();
    for (int part = 0; part < logs.size(); part++) {
      SessionLog log = logs.get(part);
      for (int session = 0; session < log.sessionCount(); session++) {
        if (suspects.contains(hash(log.sessionIdBytes(session)))
            && !seen.add(log.sessionId(session))) {
          return new Repeated(log.sessionId(session), part);
        }
      }
    }
    return null;
  }

  /// FNV-1a, its bits mixed once more, since ids often differ in their last letters alone.
  private static long hash(byte[] id) {
    long hash = 0xCBF29CE484222325L;
    for (byte letter : id) {
      hash = (hash ^ (letter & 0xFF)) * 0x100000001B3L;
    }
    hash = (hash ^ (hash >>> 32)) * 0x9E3779B97F4A7C15L;
    return hash ^ (hash >>> 29);
  }
}
