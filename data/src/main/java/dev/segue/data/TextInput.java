package dev.segue.data;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/// Opens text files: UTF-8 with or without a byte order mark, UTF-16 with one, plain, gzip or
/// Zstandard, told by content.
final class TextInput {
  /// A first line longer than this is not looked at whole.
  private static final int PEEK_CHARS = 1 << 16;

  private static final byte[] GZIP_MAGIC = {0x1F, (byte) 0x8B};
  private static final byte[] ZSTD_MAGIC = {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD};

  private TextInput() {}

  static BufferedReader open(Path file) {
    try {
      if (Files.isDirectory(file)) {
        throw new DataException(file + ": is a directory, expected a file");
      }
      InputStream in = Files.newInputStream(file);
      try {
        return new BufferedReader(new StrictReader(unpacked(in), file.toString()), 1 << 16);
      } catch (IOException | RuntimeException e) {
        in.close();
        throw e;
      }
    } catch (NoSuchFileException e) {
      throw new DataException(file + ": no such file", e);
    } catch (IOException e) {
      throw failure(file, e);
    }
  }

  /// Returns the first line that is not blank without consuming it, "" where there is none.
  static String peekLine(BufferedReader reader, Path file) {
    try {
      reader.mark(PEEK_CHARS);
      var line = new StringBuilder();
      for (int i = 0; i < PEEK_CHARS; i++) {
        int c = reader.read();
        if (c < 0 || (c == '\n' && !line.toString().isBlank())) {
          break;
        }
        line.append((char) c);
      }
      reader.reset();
      return line.toString().strip();
    } catch (IOException e) {
      throw failure(file, e);
    }
  }

  static DataException failure(Path file, IOException e) {
    String reason = e instanceof AccessDeniedException ? "permission denied" : e.getMessage();
    return new DataException("%s: cannot be read: %s".formatted(file, reason), e);
  }

  private static InputStream unpacked(InputStream in) throws IOException {
    var buffered = new BufferedInputStream(in, 1 << 16);
    buffered.mark(ZSTD_MAGIC.length);
    byte[] magic = buffered.readNBytes(ZSTD_MAGIC.length);
    buffered.reset();
    if (magic.length > 1 && magic[0] == GZIP_MAGIC[0] && magic[1] == GZIP_MAGIC[1]) {
      return new GZIPInputStream(buffered, 1 << 16);
    }
    return Arrays.equals(magic, ZSTD_MAGIC) ? new ZstdInputStream(buffered) : buffered;
  }
}
