package dev.segue.data.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.data.DataException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FetcherTest {
  private static final Duration SHORT = Duration.ofMillis(5);
  private static final FetchSettings SETTINGS =
      new FetchSettings(
          4, SHORT, Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(5));

  private final ScriptedServer server = new ScriptedServer();
  private final byte[] content = bytes(300_000, 1);
  private final RemoteFile remote = new RemoteFile(content, "\"v1\"");
  private final List<String> heard = new ArrayList<>();
  @TempDir private Path folder;

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

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

    assertThat(fetcher(f -> f.fetch(source("/f"), folder, true, FetchProgress.silent())).file())
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
  void aCutConnectionContinuesWhereItEnded() {
    server.on("/f", remote.cutting(100_000, 2));

    FetchResult result = fetch(source("/f"));

    assertThat(result.file()).hasBinaryContent(content);
    assertThat(result.attempts()).isEqualTo(3);
    assertThat(remote.sentBytes()).isEqualTo(300_000);
    assertThat(server.requests().get(1).header("Range")).isEqualTo("bytes=100000-");
    assertThat(server.requests().get(1).header("If-Range")).isEqualTo("\"v1\"");
    assertThat(heard).anyMatch(line -> line.contains("retrying"));
  }

  @Test
  void theNextRunContinuesWhatThisOneLeft() throws IOException {
    server.on("/f", remote.cutting(100_000, 1));
    assertThatThrownBy(() -> fetchWith(SETTINGS.withAttempts(1), source("/f")))
        .hasMessageContaining("gave up after 1 attempts (100.0 kB are kept");
    assertThat(folder.resolve("file.csv")).doesNotExist();
    assertThat(folder.resolve("file.csv.part")).hasSize(100_000);

    FetchResult result = fetch(source("/f"));

    assertThat(result.receivedBytes()).isEqualTo(200_000);
    assertThat(remote.sentBytes()).isEqualTo(300_000);
    assertThat(result.file()).hasBinaryContent(content);
    assertOnlyFinishedFiles();
  }

  @Test
  void aServerThatIgnoresRangesIsReadFromTheStart() {
    server.on("/f", remote.ignoringRanges().cutting(100_000, 1));

    FetchResult result = fetch(source("/f"));

    assertThat(result.file()).hasBinaryContent(content);
    assertThat(result.receivedBytes()).isEqualTo(400_000);
  }

  @Test
  void aFileThatChangesBetweenAttemptsIsNeverJoined() {
    byte[] newer = bytes(310_000, 2);
    server.on("/f", remote.cutting(100_000, 1));
    assertThatThrownBy(() -> fetchWith(SETTINGS.withAttempts(1), source("/f")))
        .isInstanceOf(DataException.class);
    remote.change(newer, "\"v2\"");

    assertThat(fetch(source("/f")).file()).hasBinaryContent(newer);
  }

  @Test
  void aPartWithoutValidatorIsNotContinued() {
    RemoteFile weak = new RemoteFile(content, "W/\"v1\"").cutting(100_000, 1);
    server.on("/f", weak);

    assertThat(fetch(source("/f")).file()).hasBinaryContent(content);
    assertThat(server.requests()).allMatch(request -> request.header("Range").isEmpty());
  }

  @Test
  void aServerThatIgnoresIfRangeIsCaughtByTheLength() {
    byte[] newer = bytes(310_000, 2);
    server.on("/f", remote.cutting(100_000, 1));
    assertThatThrownBy(() -> fetchWith(SETTINGS.withAttempts(1), source("/f")))
        .isInstanceOf(DataException.class);
    RemoteFile careless = new RemoteFile(newer, "\"v2\"");
    server.on(
        "/f",
        (request, out) -> {
          request.headers().remove("if-range");
          careless.answer(request, out);
        });

    assertThat(fetch(source("/f")).file()).hasBinaryContent(newer);
    assertThat(heard).anyMatch(line -> line.contains("the file on the server has changed"));
  }

  @Test
  void aRangeThatIsRefusedStartsOver() {
    server.on("/f", remote.cutting(100_000, 1));
    assertThatThrownBy(() -> fetchWith(SETTINGS.withAttempts(1), source("/f")))
        .isInstanceOf(DataException.class);
    server.on(
        "/f",
        (request, out) -> {
          if (request.header("Range").isEmpty()) {
            remote.answer(request, out);
          } else {
            ScriptedServer.head(out, "416 Range Not Satisfiable", "Content-Range: bytes */50");
          }
        });

    assertThat(fetch(source("/f")).file()).hasBinaryContent(content);
  }

  @Test
  void aReplyWithoutLengthIsAccepted() {
    server.on("/f", remote.withoutLength());

    assertThat(fetch(source("/f")).file()).hasBinaryContent(content);
  }

  @Test
  void aWrongDigestIsTriedOnceMoreAndLeavesNothing() {
    server.on("/f", remote);

    assertThatThrownBy(() -> fetch(source("/f").withSha256("ab".repeat(32))))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("wrong SHA-256, expected " + "ab".repeat(32));
    assertThat(server.requests()).hasSize(2);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aDigestSpoiledOnTheWayIsCuredByTheSecondAttempt() throws IOException {
    byte[] spoiled = content.clone();
    spoiled[1000] ^= 1;
    RemoteFile bad = new RemoteFile(spoiled, "\"v1\"");
    server.on(
        "/f",
        (request, out) -> (server.requests().size() == 1 ? bad : remote).answer(request, out));
    String digest = Sha256.of(Files.write(folder.resolve("other"), content));

    assertThat(fetch(source("/f").withSha256(digest)).file()).hasBinaryContent(content);
  }

  @Test
  void theDigestThatHuggingFaceNamesWhileRedirectingIsVerified() throws IOException {
    String digest = Sha256.of(Files.write(folder.resolve("other"), content));
    server.on("/cdn", remote.withoutLength());
    server.on("/good", linked(digest));
    server.on("/bad", linked("cd".repeat(32)));

    FetchResult result = fetch(source("/good"));
    SourceRecord record = Objects.requireNonNull(SourceRecord.read(result.file()));
    assertThat(record.digestKnown()).isTrue();
    assertThat(record.revision()).isEqualTo("c0ffee");
    assertThat(heard).contains("started 0 of 300000");

    Files.delete(result.file());
    assertThatThrownBy(() -> fetch(source("/bad")))
        .hasMessageContaining("wrong SHA-256, expected " + "cd".repeat(32));
  }

  @Test
  void aMissingFileFailsAtOnceAndNamesTheAddress() {
    assertThatThrownBy(() -> fetch(source("/f")))
        .isInstanceOf(DataException.class)
        .hasMessage("file.csv: " + server.address("/f") + " answers 404 (no such file)");
    assertThat(server.requests()).hasSize(1);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aBusyServerIsAskedAgainWhenItSays() {
    server.on(
        "/f",
        (request, out) -> {
          if (server.requests().size() == 1) {
            ScriptedServer.head(out, "429 Too Many Requests", "Retry-After: 1");
          } else {
            remote.answer(request, out);
          }
        });

    assertThat(fetch(source("/f")).attempts()).isEqualTo(2);
    assertThat(heard).contains("retrying in PT1S: 127.0.0.1 answers 429");
  }

  @Test
  void aPauseLongerThanOurPatienceEndsTheDownload() {
    server.on("/f", ScriptedServer.status("429 Too Many Requests", "Retry-After: 3600"));

    assertThatThrownBy(() -> fetch(source("/f")))
        .hasMessageContaining("answers 429 and asks to come back in 3600 s");
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void errorsOfTheServerAreTriedAgainWithGrowingPauses() {
    server.on(
        "/f",
        (request, out) -> {
          if (server.requests().size() < 4) {
            ScriptedServer.head(out, "500 Internal Server Error");
          } else {
            remote.answer(request, out);
          }
        });

    assertThat(fetch(source("/f")).attempts()).isEqualTo(4);
    assertThat(heard)
        .containsSubsequence(
            "retrying in PT0.005S: 127.0.0.1 answers 500",
            "retrying in PT0.01S: 127.0.0.1 answers 500",
            "retrying in PT0.02S: 127.0.0.1 answers 500");
  }

  @Test
  void attemptsAreBounded() {
    server.on("/f", ScriptedServer.status("503 Service Unavailable"));

    assertThatThrownBy(() -> fetch(source("/f")))
        .hasMessage("file.csv: 127.0.0.1 answers 503; gave up after 4 attempts");
    assertThat(server.requests()).hasSize(4);
  }

  @Test
  void aServerThatFallsSilentInTheBodyIsLeftAndContinued() {
    server.on(
        "/f",
        (request, out) -> {
          if (server.requests().size() > 1) {
            remote.answer(request, out);
            return;
          }
          ScriptedServer.head(out, "200 OK", "Content-Length: 300000", "ETag: \"v1\"");
          out.write(content, 0, 50_000);
          out.flush();
          Thread.sleep(60_000);
        });

    FetchResult result = fetchWith(stallingAfter(Duration.ofMillis(300)), source("/f"));

    assertThat(result.file()).hasBinaryContent(content);
    assertThat(remote.sentBytes()).isEqualTo(250_000);
    assertThat(heard).anyMatch(line -> line.contains("the server sent nothing for 0.3 s"));
  }

  @Test
  void aServerThatNeverAnswersIsLeft() {
    server.on("/f", (request, out) -> Thread.sleep(60_000));

    assertThatThrownBy(
            () -> fetchWith(stallingAfter(Duration.ofMillis(200)).withAttempts(2), source("/f")))
        .hasMessage("file.csv: 127.0.0.1 did not answer within 0.2 s; gave up after 2 attempts");
  }

  @Test
  void nobodyListeningIsSaidInOneLine() throws IOException {
    // A port that is held but not listened on: one that is free may be another program's next.
    try (Socket held = new Socket()) {
      held.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
      URI nowhere = URI.create("http://127.0.0.1:" + held.getLocalPort() + "/f");

      assertThatThrownBy(() -> fetch(source("/f").withAddress(nowhere)))
          .hasMessageStartingWith("file.csv: cannot connect to 127.0.0.1:")
          .hasMessageContaining("gave up after 4 attempts")
          .hasMessageNotContaining("\n");
    }
  }

  @Test
  void aWebPageInsteadOfAFileIsRefused() {
    server.on(
        "/f",
        (request, out) -> {
          ScriptedServer.head(out, "200 OK", "Content-Type: text/html; charset=utf-8");
          out.write("<html>log in</html>".getBytes(StandardCharsets.UTF_8));
        });

    assertThatThrownBy(() -> fetch(source("/f")))
        .hasMessageContaining("got a web page (text/html)");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aCompressedReplyIsRefused() {
    server.on("/f", ScriptedServer.status("200 OK", "Content-Encoding: gzip", "Content-Length: 0"));

    assertThatThrownBy(() -> fetch(source("/f"))).hasMessageContaining("Content-Encoding gzip");
    assertThat(server.requests().getFirst().header("Accept-Encoding")).isEqualTo("identity");
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

  private static ScriptedServer.Route linked(String digest) {
    return ScriptedServer.status(
        "302 Found",
        "Location: /cdn",
        "X-Linked-ETag: \"" + digest + "\"",
        "X-Linked-Size: 300000",
        "X-Repo-Commit: c0ffee");
  }

  private static FetchSettings stallingAfter(Duration limit) {
    return new FetchSettings(4, SHORT, Duration.ofSeconds(2), Duration.ofSeconds(5), limit);
  }

  private Source source(String path) {
    return new Source(
        "test", "file.csv", server.address(path), server.address("/"), "free to test", null);
  }

  private FetchResult fetch(Source source) {
    return fetchWith(SETTINGS, source);
  }

  private FetchResult fetchWith(FetchSettings settings, Source source) {
    try (Fetcher fetcher = new Fetcher(settings)) {
      return fetcher.fetch(source, folder, new Ear());
    }
  }

  private static FetchResult fetcher(java.util.function.Function<Fetcher, FetchResult> use) {
    try (Fetcher fetcher = new Fetcher(SETTINGS)) {
      return use.apply(fetcher);
    }
  }

  private void assertOnlyFinishedFiles() {
    assertThat(folder.toFile().list())
        .containsExactlyInAnyOrder("file.csv", "file.csv.source.json");
  }

  private static byte[] bytes(int count, long seed) {
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
