package dev.segue.data.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/// A fetcher, a server on a free port, a file on it and an empty folder.
class FetcherRig {
  private static final Duration SHORT = Duration.ofMillis(5);
  static final FetchSettings SETTINGS =
      new FetchSettings(
          4, SHORT, Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(5));

  final ScriptedServer server = new ScriptedServer();
  final byte[] content = bytes(300_000, 1);
  final RemoteFile remote = new RemoteFile(content, "\"v1\"");
  final List<String> heard = new ArrayList<>();
  @TempDir Path folder;

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  static FetchSettings stallingAfter(Duration limit) {
    return new FetchSettings(4, SHORT, Duration.ofSeconds(2), Duration.ofSeconds(5), limit);
  }

  Source source(String path) {
    return new Source(
        "test", "file.csv", server.address(path), server.address("/"), "free to test", null);
  }

  FetchResult fetch(Source source) {
    return fetchWith(SETTINGS, source);
  }

  FetchResult fetchWith(FetchSettings settings, Source source) {
    try (Fetcher fetcher = new Fetcher(settings)) {
      return fetcher.fetch(source, folder, new Ear());
    }
  }

  void assertOnlyFinishedFiles() {
    assertThat(folder.toFile().list())
        .containsExactlyInAnyOrder("file.csv", "file.csv.source.json");
  }

  static byte[] bytes(int count, long seed) {
    byte[] bytes = new byte[count];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  /// Writes down what it hears.
  private final class Ear implements FetchProgress {
    @Override
    public void started(long bytes, long totalBytes) {
      heard.add("started %d of %d".formatted(bytes, totalBytes));
    }

    @Override
    public void retrying(Duration pause, String reason) {
      heard.add("retrying in %s: %s".formatted(pause, reason));
    }
  }
}
