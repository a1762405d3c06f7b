package dev.segue.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.engine.Recommender;
import dev.segue.server.web.TestServer.Reply;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DashboardFilesTest {
  private static final Path SOURCES = Path.of("src/main/resources/dashboard");

  private final TestServer server = new TestServer(Recommender.contentOnly(SmallCatalogue.make()));

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void everyFileIsServedWithItsTypeAndBytes() throws IOException {
    for (Path file : files()) {
      Reply reply = server.get("/dashboard/" + file.getFileName());
      assertThat(reply.status()).as(file.toString()).isEqualTo(200);
      assertThat(reply.header("Content-Type"))
          .matches("(text/(html|css|javascript); ?charset=utf-8|image/svg\\+xml)");
      assertThat(reply.text()).isEqualTo(Files.readString(file));
    }
  }

  @Test
  void theRootIsThePage() {
    Reply reply = server.get("/");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("Content-Type")).startsWith("text/html");
    assertThat(reply.text()).contains("Add a Click");
  }

  @Test
  void anUnchangedFileIsNotSentTwice() {
    Reply first = server.get("/dashboard/main.js");
    Reply second =
        server.send(
            HttpRequest.newBuilder(server.uri("/dashboard/main.js"))
                .header("If-None-Match", first.header("ETag")));

    assertThat(first.header("Cache-Control")).isEqualTo("no-cache");
    assertThat(second.status()).isEqualTo(304);
    assertThat(second.text()).isEmpty();
  }

  @Test
  void nothingInThePageIsInlineOrFromElsewhere() throws IOException {
    Pattern inline = Pattern.compile("\\s(style|on\\w+)=|<script>|<style>|javascript:");
    Pattern elsewhere = Pattern.compile("https?://(?!www\\.w3\\.org/2000/svg)");
    for (Path file : files()) {
      String text = Files.readString(file);
      assertThat(elsewhere.matcher(text).find()).as(file.toString()).isFalse();
      assertThat(text).doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "eval(");
      if (file.toString().endsWith(".html")) {
        assertThat(inline.matcher(text).find()).isFalse();
      }
    }
  }

  @Test
  void theFirstLoadStaysSmall() throws IOException {
    long bytes = 0;
    for (Path file : files()) {
      bytes += Files.size(file);
    }
    assertThat(bytes).isLessThan(300_000);
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(SOURCES)) {
      return files.sorted().toList();
    }
  }
}
