package dev.segue.data.fetch;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where a file came from: the content of `<file>.source.json`.
///
/// @param address where it was downloaded from
/// @param page the page that describes it
/// @param licence what its publisher says about its use
/// @param fetchedAt when the download ended
/// @param lengthBytes its length
/// @param sha256 its digest
/// @param digestKnown whether that digest was known before the download, and not only computed
/// @param revision the version of the data set where the server names one, else empty
public record SourceRecord(
    URI address,
    URI page,
    String licence,
    Instant fetchedAt,
    long lengthBytes,
    String sha256,
    boolean digestKnown,
    String revision) {

  /// Returns the file that holds the record of a file.
  public static Path fileFor(Path file) {
    return file.resolveSibling(file.getFileName() + ".source.json");
  }

  /// Returns the record beside a file, or null where there is none that can be read.
  public static @Nullable SourceRecord read(Path file) throws IOException {
    Map<String, String> fields = FlatJson.read(fileFor(file));
    try {
      return new SourceRecord(
          URI.create(fields.getOrDefault("address", "?")),
          URI.create(fields.getOrDefault("page", "?")),
          fields.getOrDefault("licence", ""),
          Instant.parse(fields.getOrDefault("fetchedAt", "")),
          Numbers.parse(fields.getOrDefault("lengthBytes", "")),
          fields.getOrDefault("sha256", ""),
          "true".equals(fields.get("digestKnown")),
          fields.getOrDefault("revision", ""));
    } catch (IllegalArgumentException | java.time.DateTimeException e) {
      return null;
    }
  }

  void write(Path file) throws IOException {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("file", String.valueOf(file.getFileName()));
    fields.put("address", address);
    fields.put("page", page);
    fields.put("licence", licence);
    fields.put("fetchedAt", fetchedAt);
    fields.put("lengthBytes", lengthBytes);
    fields.put("sha256", sha256);
    fields.put("digestKnown", digestKnown);
    fields.put("revision", revision);
    FlatJson.write(fileFor(file), fields);
  }
}
