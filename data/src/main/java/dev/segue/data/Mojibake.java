package dev.segue.data;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/// Repairs UTF-8 that was read as Windows-1252 (`Ã¼` for `ü`, `â€œ` for `“`), where that is
/// certain.
///
/// It looks at runs of letters outside ASCII alone: a run whose Windows-1252 bytes are valid UTF-8
/// came about this way, since real text hardly ever has a capital `Ã` or `â` in front of exactly
/// the right number of symbols. Everything else is left as it is.
final class Mojibake {
  /// The letters at 0x80 to 0x9F.
  private static final String UPPER = upper();

  private Mojibake() {}

  private static String upper() {
    byte[] bytes = new byte[0x20];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (0x80 + i);
    }
    return new String(bytes, Charset.forName("windows-1252"));
  }

  /// Returns the text repaired, or the same text where there is nothing to repair.
  static String repair(String text) {
    StringBuilder repaired = null;
    int done = 0;
    int at = 0;
    while (at < text.length()) {
      if (text.charAt(at) < 0x80) {
        at++;
        continue;
      }
      int end = at;
      while (end < text.length() && text.charAt(end) >= 0x80) {
        end++;
      }
      String run = text.substring(at, end);
      String decoded = end - at < 2 ? run : decode(run);
      if (!decoded.equals(run)) {
        repaired = repaired == null ? new StringBuilder() : repaired;
        repaired.append(text, done, at).append(decoded);
        done = end;
      }
      at = end;
    }
    return repaired == null ? text : repaired.append(text, done, text.length()).toString();
  }

  private static String decode(String run) {
    var bytes = ByteBuffer.allocate(run.length());
    for (int i = 0; i < run.length(); i++) {
      int value = byteOf(run.charAt(i));
      if (value < 0) {
        return run;
      }
      bytes.put((byte) value);
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
    } catch (CharacterCodingException e) {
      return run;
    }
  }

  /// Returns the byte that stands for a letter in Windows-1252, or -1. Bytes that it leaves
  /// undefined come through as control characters.
  private static int byteOf(char c) {
    if (c <= 0xFF) {
      return c;
    }
    int upper = c == '\uFFFD' ? -1 : UPPER.indexOf(c);
    return upper < 0 ? -1 : 0x80 + upper;
  }
}
