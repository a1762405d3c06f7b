package dev.segue.data;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/// Opens text files: UTF-8 with or without a byte order mark, plain or gzip, told by content.
final class TextInput {
  /// A first line longer than this is not looked at whole.
  private static final int PEEK_CHARS = 1 << 16;

  private TextInput() {}

  static BufferedReader open(Path file) {
    try {
      if (Files.isDirectory(file)) {
        throw new DataException(file + ": is a directory, expected a file");
      }
      InputStream in = Files.newInputStream(file);
      try {
        return new BufferedReader(new Utf8Reader(unpacked(in), file.toString()), 1 << 16);
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
    return new DataException("%s: cannot be read: %s".formatted(file, e.getMessage()), e);
  }

  private static InputStream unpacked(InputStream in) throws IOException {
    var buffered = new BufferedInputStream(in, 1 << 16);
    buffered.mark(2);
    int magic = buffered.read() | buffered.read() << 8;
    buffered.reset();
    return magic == GZIPInputStream.GZIP_MAGIC ? new GZIPInputStream(buffered, 1 << 16) : buffered;
  }
}
