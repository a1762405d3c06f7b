package dev.segue.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a model remembers about the files it was trained on.
final class Provenance {
  private static final String SESSIONS_SHA256 = "sessions.sha256";

  private Provenance() {}

  /// Returns the entries for a training run.
  static Map<String, String> of(Path sessions, @Nullable Path catalogue) throws IOException {
    Map<String, String> entries = new LinkedHashMap<>();
    add(entries, "sessions", sessions);
    if (catalogue != null) {
      Path file = Files.isDirectory(catalogue) ? catalogue.resolve("catalogue.csv") : catalogue;
      add(entries, "catalogue", file);
    }
    return entries;
  }

  /// Returns whether a model was trained on exactly this file.
  static boolean trainedOn(JsonNode config, Path sessions) throws IOException {
    JsonNode digest = config.path("provenance").path(SESSIONS_SHA256);
    return digest.isTextual()
        && Files.isRegularFile(sessions)
        && digest.textValue().equals(Digest.sha256(sessions));
  }

  private static void add(Map<String, String> entries, String key, Path file) throws IOException {
    entries.put(key + ".file", String.valueOf(file.getFileName()));
    if (Files.isRegularFile(file)) {
      entries.put(key + ".sha256", Digest.sha256(file));
    }
  }
}
