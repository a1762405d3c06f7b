package dev.segue.data.fetch;

import dev.segue.data.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Decides whether a file that is there already is the one that is wanted.
final class Present {
  private Present() {}

  /// Returns the result for a file that is there and verified, or null where there is none.
  ///
  /// @throws DataException where another file has the name; it is left alone
  static @Nullable FetchResult verify(Source source, Path file) throws IOException {
    if (!Files.exists(file)) {
      return null;
    }
    if (!Files.isRegularFile(file)) {
      throw refusal(file, "is not a file");
    }
    long length = Files.size(file);
    String digest = Sha256.of(file);
    SourceRecord record = SourceRecord.read(file);
    if (source.sha256() != null && !source.sha256().equals(digest)) {
      throw refusal(
          file, "has another SHA-256, expected %s, got %s".formatted(source.sha256(), digest));
    }
    if (source.sha256() == null) {
      checkRecord(source, file, record, length, digest);
    }
    return new FetchResult(file, SourceRecord.fileFor(file), length, digest, 0, 0);
  }

  private static void checkRecord(
      Source source, Path file, @Nullable SourceRecord record, long length, String digest) {
    if (record == null) {
      throw refusal(file, "is there, but was not downloaded by this command");
    }
    if (!record.address().equals(source.address())) {
      throw refusal(
          file, "came from %s, expected %s".formatted(record.address(), source.address()));
    }
    if (record.lengthBytes() != length || !record.sha256().equals(digest)) {
      throw refusal(
          file,
          "changed since it was downloaded, expected %d bytes with SHA-256 %s, got %d with %s"
              .formatted(record.lengthBytes(), record.sha256(), length, digest));
    }
  }

  private static DataException refusal(Path file, String what) {
    return new DataException("%s: %s; --force replaces it".formatted(file, what));
  }
}
