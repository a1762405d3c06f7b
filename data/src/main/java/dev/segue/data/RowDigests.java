package dev.segue.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A set of rows that keeps 16 bytes of each: rows may be long, and only whether one came before is
/// asked. Two different rows count as one with a probability of 2⁻¹²⁸.
final class RowDigests {
  private final Set<Digest> digests = new HashSet<>();
  private final MessageDigest sha256;

  private record Digest(long high, long low) {}

  RowDigests() {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  boolean contains(List<String> cells) {
    return digests.contains(digest(cells));
  }

  /// Returns whether the row was not there before.
  boolean add(List<String> cells) {
    return digests.add(digest(cells));
  }

  private Digest digest(List<String> cells) {
    for (String cell : cells) {
      byte[] bytes = cell.getBytes(StandardCharsets.UTF_8);
      // The length parts cells: "ab", "c" is not "a", "bc".
      sha256.update(ByteBuffer.allocate(4).putInt(0, bytes.length));
      sha256.update(bytes);
    }
    ByteBuffer digest = ByteBuffer.wrap(sha256.digest());
    return new Digest(digest.getLong(), digest.getLong());
  }
}
