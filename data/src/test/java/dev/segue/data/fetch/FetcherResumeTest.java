package dev.segue.data.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.data.DataException;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Downloads that end before the file does.
class FetcherResumeTest extends FetcherRig {
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
}
