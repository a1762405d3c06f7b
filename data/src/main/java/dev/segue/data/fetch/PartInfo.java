package dev.segue.data.fetch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a server said of the file that a part file is the beginning of.
///
/// @param address where it is downloaded from
/// @param validator what `If-Range` takes: a strong ETag or a Last-Modified date; empty if neither
/// @param sha256 the digest that the server names, or empty
/// @param totalBytes the length of the whole file, or -1
/// @param revision the version of the data set, or empty
record PartInfo(String address, String validator, String sha256, long totalBytes, String revision) {

  /// Returns whether the rest can be asked for without the risk of joining two different files.
  boolean canResume(Source source) {
    return address.equals(source.address().toString())
        && !(validator.isEmpty() && sha256.isEmpty() && source.sha256() == null);
  }

  void write(Path file) throws IOException {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("address", address);
    fields.put("validator", validator);
    fields.put("sha256", sha256);
    fields.put("totalBytes", totalBytes);
    fields.put("revision", revision);
    FlatJson.write(file, fields);
  }

  static @Nullable PartInfo read(Path file) throws IOException {
    Map<String, String> fields = FlatJson.read(file);
    String address = fields.get("address");
    if (address == null) {
      return null;
    }
    return new PartInfo(
        address,
        fields.getOrDefault("validator", ""),
        fields.getOrDefault("sha256", ""),
        Numbers.parse(fields.getOrDefault("totalBytes", "")),
        fields.getOrDefault("revision", ""));
  }
}
