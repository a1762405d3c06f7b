package dev.segue.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FetchCommandTest {
  private static final byte[] MOVIES = "names,score\nAlien,80\n".getBytes(StandardCharsets.UTF_8);
  private static final byte[] BOOKS =
      "Book,Author\nDune,Herbert\n".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path folder;
  private final HttpServer server = newServer();

  private static HttpServer newServer() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @BeforeEach
  void start() {
    serve("/datasets/ExecuteAutomation/ImdbMovieDataSet/resolve/main/imdb_movies.csv", MOVIES);
    serve("/books.csv", BOOKS);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void downloadsWhatIsAskedForAndNamesSourceAndLicence() {
    CommandRun run = fetch("--only", "movies,books", "--books-url", base() + "/books.csv");

    assertThat(run.exitCode()).isZero();
    assertThat(folder.resolve("imdb_movies.csv")).hasBinaryContent(MOVIES);
    assertThat(folder.resolve("goodreads_books.csv")).hasBinaryContent(BOOKS);
    assertThat(folder.resolve("imdb_movies.csv.source.json"))
        .content()
        .contains("\"licence\"", "\"sha256\"", "\"lengthBytes\" : 21", "\"digestKnown\" : false");
    assertThat(folder.resolve("spotify_tracks.csv")).doesNotExist();
    assertThat(run.out())
        .contains("movies ", "21 bytes", "source: " + base() + "/datasets/ExecuteAutomation/")
        .contains("licence: MIT, as its page says");
  }

  @Test
  void doesNothingTheSecondTime() {
    fetch("--only", "movies");
    server.stop(0);

    CommandRun again = fetch("--only", "movies");

    assertThat(again.exitCode()).isZero();
    assertThat(again.out()).contains("is there and verified, nothing to do");
  }

  @Test
  void oneMissingSetDoesNotKeepTheOthersAway() {
    CommandRun run = fetch("--only", "movies,music");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.errorLines())
        .singleElement()
        .asString()
        .startsWith("segue fetch: spotify_tracks.csv: " + base())
        .endsWith("answers 404 (no such file)");
    assertThat(folder.resolve("imdb_movies.csv")).exists();
  }

  @Test
  void aFileThatWasEditedIsKeptUntilForced() throws IOException {
    fetch("--only", "movies");
    Path file = Files.writeString(folder.resolve("imdb_movies.csv"), "mine");

    CommandRun refused = fetch("--only", "movies");
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.errorLines()).singleElement().asString().endsWith("--force replaces it");
    assertThat(file).hasContent("mine");

    assertThat(fetch("--only", "movies", "--force").exitCode()).isZero();
    assertThat(file).hasBinaryContent(MOVIES);
  }

  @Test
  void aServerThatIsNotThereIsNoMistakeOfTheUser() {
    server.stop(0);

    CommandRun run = fetch("--only", "movies", "--attempts", "1");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.errorLines()).singleElement().asString().contains("cannot connect to 127.0.0.1");
  }

  @Test
  void mistakesAreOneLine() {
    assertThat(fetch("--only", "films").errorLines())
        .containsExactly(
            "segue fetch: --only: unknown set, expected movies, music, books, got \"films\"");
    assertThat(fetch("--only", "movies", "--sha256", "movies=12").errorLines())
        .containsExactly(
            "segue fetch: movies: SHA-256: expected 64 hexadecimal digits, got \"12\"");
    assertThat(fetch("--only", "books", "--books-url", "ftp://x/y").errorLines())
        .containsExactly(
            "segue fetch: books: address: expected http://… or https://…, got \"ftp://x/y\"");
    assertThat(fetch("--attempts", "0").exitCode()).isEqualTo(2);
  }

  @Test
  void aBarIsDrawnWhereSomebodyLooks() {
    CommandRun run =
        CommandRun.interactive("fetch", "--only", "movies", "--to", folder, "--endpoint", base());

    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).contains("imdb_movies.csv").contains("\r");
  }

  private CommandRun fetch(Object... options) {
    Object[] arguments = new Object[options.length + 5];
    System.arraycopy(options, 0, arguments, 5, options.length);
    arguments[0] = "fetch";
    arguments[1] = "--to";
    arguments[2] = folder;
    arguments[3] = "--endpoint";
    arguments[4] = base();
    return CommandRun.of(arguments);
  }

  private String base() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void serve(String path, byte[] content) {
    server.createContext(
        path,
        exchange -> {
          exchange.getResponseHeaders().set("ETag", "\"v1\"");
          exchange.sendResponseHeaders(200, content.length);
          exchange.getResponseBody().write(content);
          exchange.close();
        });
  }
}
