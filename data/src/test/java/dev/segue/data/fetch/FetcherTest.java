package dev.segue.data.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.data.DataException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// What is downloaded, where it comes from and what is left alone.
class FetcherTest extends FetcherRig {
  @Test
  void downloadsAndRecordsWhereTheFileCameFrom() throws IOException {
    server.on("/f", remote);

    FetchResult result = fetch(source("/f"));

    assertThat(result.file()).hasBinaryContent(content);
    assertThat(result.receivedBytes()).isEqualTo(300_000);
    assertThat(result.attempts()).isEqualTo(1);
    SourceRecord record = Objects.requireNonNull(SourceRecord.read(result.file()));
    assertThat(record.address()).isEqualTo(server.address("/f"));
    assertThat(record.licence()).isEqualTo("free to test");
    assertThat(record.lengthBytes()).isEqualTo(300_000);
    assertThat(record.sha256()).isEqualTo(Sha256.of(result.file())).isEqualTo(result.sha256());
    assertThat(record.digestKnown()).isFalse();
    assertOnlyFinishedFiles();
  }

  @Test
  void aVerifiedFileIsNotAskedForAgain() {
    server.on("/f", remote);
    fetch(source("/f"));

    FetchResult again = fetch(source("/f"));

    assertThat(again.wasPresent()).isTrue();
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void aFileThatChangedOnDiskIsRefusedUntilReplacedOnPurpose() throws IOException {
    server.on("/f", remote);
    Path file = fetch(source("/f")).file();
    Files.writeString(file, "edited");

    assertThatThrownBy(() -> fetch(source("/f")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("changed since it was downloaded")
        .hasMessageContaining("--force replaces it");
    assertThat(file).hasContent("edited");

    assertThat(replacing(f -> f.fetch(source("/f"), folder, true, FetchProgress.silent())).file())
        .hasBinaryContent(content);
  }

  @Test
  void aFileOfSomebodyElseIsLeftAlone() throws IOException {
    Files.writeString(folder.resolve("file.csv"), "mine");

    assertThatThrownBy(() -> fetch(source("/f")))
        .hasMessageContaining("was not downloaded by this");
    assertThatThrownBy(() -> fetch(source("/f").withSha256("0".repeat(64))))
        .hasMessageContaining("has another SHA-256");
    assertThat(folder.resolve("file.csv")).hasContent("mine");
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void aFileWithTheKnownDigestIsAcceptedWhereverItCameFrom() throws IOException {
    Path file = Files.write(folder.resolve("file.csv"), content);

    assertThat(fetch(source("/f").withSha256(Sha256.of(file))).wasPresent()).isTrue();
  }

  @Test
  void followsRedirectsRelativeAndToAnotherHost() throws IOException {
    try (ScriptedServer other = new ScriptedServer().on("/data/f?sig=1", remote)) {
      String elsewhere = "http://localhost:" + other.port() + "/data/f?sig=1";
      server.on("/a/f", ScriptedServer.status("307 Temporary Redirect", "Location: ../g/h"));
      server.on("/g/h", ScriptedServer.status("302 Found", "Location: " + elsewhere));

      assertThat(fetch(source("/a/f")).file()).hasBinaryContent(content);
    }
  }

  @Test
  void redirectsInACircleEnd() {
    server.on("/f", ScriptedServer.status("302 Found", "Location: /f"));

    assertThatThrownBy(() -> fetch(source("/f"))).hasMessageContaining("redirects more than 10");
    assertThat(server.requests()).hasSize(11);
  }

  @Test
  void aRedirectToNowhereIsRefused() {
    server.on("/f", ScriptedServer.status("302 Found", "Location: ftp://x/y"));
    server.on("/g", ScriptedServer.status("302 Found"));

    assertThatThrownBy(() -> fetch(source("/f"))).hasMessageContaining("no address: \"ftp://x/y\"");
    assertThatThrownBy(() -> fetch(source("/g"))).hasMessageContaining("no address: \"\"");
  }

  @Test
  void aReplyWithoutLengthIsAccepted() {
    server.on("/f", remote.withoutLength());

    assertThat(fetch(source("/f")).file()).hasBinaryContent(content);
  }

  @Test
  void twoDownloadsOfOneFileDoNotMeet() throws IOException {
    server.on("/f", remote);
    try (PartFile busy = PartFile.open(folder.resolve("file.csv"))) {
      assertThat(busy.length()).isZero();
      assertThatThrownBy(() -> fetch(source("/f")))
          .hasMessageContaining("another download is writing it");
    }
  }

  @Test
  void theDefaultProxyIsUsed() {
    ProxySelector before = ProxySelector.getDefault();
    server.on("http://books.example/f", remote);
    ProxySelector.setDefault(new OneProxy(server.port()));
    try {
      assertThat(fetch(source("/f").withAddress(URI.create("http://books.example/f"))).file())
          .hasBinaryContent(content);
    } finally {
      ProxySelector.setDefault(before);
    }
  }

  @Test
  void anEmptyFileIsAFile() {
    server.on("/f", ScriptedServer.status("200 OK", "Content-Length: 0"));

    assertThat(fetch(source("/f")).file()).isEmptyFile();
    assertOnlyFinishedFiles();
  }

  private static FetchResult replacing(java.util.function.Function<Fetcher, FetchResult> use) {
    try (Fetcher fetcher = new Fetcher(SETTINGS)) {
      return use.apply(fetcher);
    }
  }

  /// Sends everything through one proxy.
  private static final class OneProxy extends ProxySelector {
    private final int port;

    OneProxy(int port) {
      this.port = port;
    }

    @Override
    public List<Proxy> select(URI address) {
      return List.of(
          new Proxy(
              Proxy.Type.HTTP, new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
    }

    @Override
    public void connectFailed(URI address, SocketAddress proxy, IOException failure) {
      throw new AssertionError(failure);
    }
  }
}
