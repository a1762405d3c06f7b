package dev.segue.data.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.data.DataException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Servers that send something else than the file.
class FetcherFaultsTest extends FetcherRig {
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

  private static ScriptedServer.Route linked(String digest) {
    return ScriptedServer.status(
        "302 Found",
        "Location: /cdn",
        "X-Linked-ETag: \"" + digest + "\"",
        "X-Linked-Size: 300000",
        "X-Repo-Commit: c0ffee");
  }
}
