package dev.segue.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServeCommandTest {
  private static final Pattern ADDRESS = Pattern.compile("http://localhost:\\d+/");

  @TempDir Path folder;

  @Test
  void answersUntilInterruptedAndThenEndsInGoodOrder() throws Exception {
    Path catalogue = SmallShop.catalogue(folder);
    try (ChildProcess child =
        ChildProcess.start(folder, "serve", "--catalogue", catalogue, "--port", "0")) {
      child.awaitOutput("Ctrl-C ends");
      Matcher address = ADDRESS.matcher(child.out());
      assertThat(address.find()).isTrue();

      try (HttpClient client = HttpClient.newHttpClient()) {
        HttpResponse<String> ready =
            client.send(
                HttpRequest.newBuilder(URI.create(address.group() + "health/ready")).build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(ready.statusCode()).isEqualTo(200);
      }
      child.interrupt();

      child.exitCode();
      assertThat(child.err()).isEqualTo("Stopping.\n");
    }
  }

  @Test
  void aPortInUseIsAMistakeThatNamesIt() throws Exception {
    Path catalogue = SmallShop.catalogue(folder);
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
      int port = taken.getLocalPort();

      CommandRun run = CommandRun.of("serve", "--catalogue", catalogue, "--port", port);

      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.errorLines())
          .singleElement()
          .asString()
          .startsWith("segue serve: ")
          .contains(String.valueOf(port));
      assertThat(run.out()).isEmpty();
    }
  }
}
