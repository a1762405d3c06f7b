package dev.segue.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/// Decodes text strictly and says where it fails: the JDK's own readers either put U+FFFD in the
/// place of a wrong byte or throw without line and column. Text is UTF-8, or UTF-16 where a byte
/// order mark says so, as spreadsheets write it; the mark is skipped.
final class StrictReader extends Reader {
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final InputStream in;
  private final String name;
  private CharsetDecoder decoder = decoder(StandardCharsets.UTF_8);
  private final ByteBuffer bytes = ByteBuffer.allocate(1 << 16).limit(0);
  private final CharBuffer chars = CharBuffer.allocate(1 << 14).limit(0);
  private boolean isStarted;
  private boolean isEnded;
  private long line = 1;
  private long column = 1;

  StrictReader(InputStream in, String name) {
    this.in = in;
    this.name = name;
  }

  private static CharsetDecoder decoder(Charset charset) {
    return charset
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT);
  }

  @Override
  public int read(char[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!chars.hasRemaining() && !decodeMore()) {
      return -1;
    }
    int count = Math.min(length, chars.remaining());
    chars.get(target, offset, count);
    return count;
  }

  private boolean decodeMore() throws IOException {
    if (!isStarted) {
      chooseCharset();
    }
    chars.clear();
    while (chars.position() == 0) {
      CoderResult result = decoder.decode(bytes, chars, isEnded);
      if (chars.position() == 0) {
        if (result.isError()) {
          throw new DataException(
              "%s:%d:%d: not %s text: byte 0x%02X"
                  .formatted(name, line, column, decoder.charset(), bytes.get(bytes.position())));
        }
        if (isEnded) {
          chars.flip();
          return false;
        }
        fill();
      }
    }
    chars.flip();
    if (!isStarted) {
      isStarted = true;
      if (chars.get(0) == BYTE_ORDER_MARK) {
        chars.get();
      }
    }
    track();
    return chars.hasRemaining() || decodeMore();
  }

  /// Looks at the first two bytes, which in UTF-8 are never those of UTF-16's marks.
  private void chooseCharset() throws IOException {
    while (bytes.remaining() < 2 && !isEnded) {
      fill();
    }
    int start = bytes.remaining() < 2 ? 0 : bytes.getShort(bytes.position()) & 0xFFFF;
    if (start == 0xFEFF) {
      decoder = decoder(StandardCharsets.UTF_16BE);
    } else if (start == 0xFFFE) {
      decoder = decoder(StandardCharsets.UTF_16LE);
    }
  }

  private void fill() throws IOException {
    bytes.compact();
    int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
    isEnded = read < 0;
    bytes.position(bytes.position() + Math.max(read, 0));
    bytes.flip();
  }

  /// Moves line and column past what was decoded, which is where a wrong byte would come next.
  private void track() {
    for (int i = chars.position(); i < chars.limit(); i++) {
      char c = chars.get(i);
      if (c == '\n') {
        line++;
        column = 1;
      } else if (!Character.isLowSurrogate(c)) {
        column++;
      }
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
