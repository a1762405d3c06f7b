package dev.segue.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.data.Catalogue;
import dev.segue.engine.Recommender;
import dev.segue.engine.SessionState;
import dev.segue.engine.SimilarItems;
import dev.segue.server.web.TestServer.Reply;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.http.HttpRequest;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LifecycleTest {
  private final Recommender recommender = Recommender.contentOnly(SmallCatalogue.make());

  @Test
  void aPortInUseIsOneLineWithTheCure() throws IOException {
    try (RecommendationApi first = RecommendationApi.start(recommender, "localhost", 0)) {
      assertThatThrownBy(() -> RecommendationApi.start(recommender, "localhost", first.port()))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("serve: cannot listen on localhost:" + first.port() + ": ")
          .hasMessageContaining("--port")
          .message()
          .hasLineCount(1);
    }
  }

  @Test
  void aHostThatIsNotThisMachineIsOneLineWithTheCure() {
    assertThatThrownBy(() -> RecommendationApi.start(recommender, "no-such-host.invalid", 0))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("serve: cannot listen on no-such-host.invalid:0")
        .hasMessageContaining("--host")
        .message()
        .hasLineCount(1);
  }

  @Test
  void aPortOutOfRangeIsRefused() {
    assertThatThrownBy(() -> RecommendationApi.start(recommender, "localhost", 70_000))
        .isInstanceOf(IOException.class)
        .hasMessage("serve: port, expected 0 to 65535, got 70000");
  }

  @Test
  void aRequestInProgressIsAnsweredWhileTheServerStops() throws Exception {
    SlowRecommender slow = new SlowRecommender(recommender);
    TestServer server = new TestServer(slow);
    CompletableFuture<Reply> reply =
        CompletableFuture.supplyAsync(() -> server.recommend("{'items': ['Iron Orchard']}"));
    assertThat(slow.entered.await(20, TimeUnit.SECONDS)).isTrue();

    CompletableFuture<Void> closing = CompletableFuture.runAsync(server::close);
    assertThat(reply).isNotDone();
    slow.released.countDown();

    assertThat(reply.get(20, TimeUnit.SECONDS).status()).isEqualTo(200);
    closing.get(20, TimeUnit.SECONDS);
  }

  @Test
  void theServerIsLiveButNotReadyDuringItsWarmUp() throws Exception {
    SlowRecommender slow = new SlowRecommender(recommender, 1);
    int port = freePort();
    CompletableFuture<RecommendationApi> starting =
        CompletableFuture.supplyAsync(() -> start(slow, port));
    assertThat(slow.entered.await(20, TimeUnit.SECONDS)).isTrue();

    assertThat(status(port, "/health/live")).isEqualTo(200);
    assertThat(status(port, "/health/ready")).isEqualTo(503);
    slow.released.countDown();

    try (RecommendationApi api = starting.get(20, TimeUnit.SECONDS)) {
      assertThat(status(api.port(), "/health/ready")).isEqualTo(200);
    }
  }

  @Test
  void aDefectOfTheServerIsToldWithoutItsInside() {
    Recommender broken =
        new SlowRecommender(
            recommender, SlowRecommender.AFTER_WARM_UP, new IllegalStateException("secret"));
    try (TestServer server = new TestServer(broken)) {
      Reply reply = server.recommend("{}");

      assertThat(reply.status()).isEqualTo(500);
      assertThat(reply.at("/type")).isEqualTo("urn:segue:problem:internal");
      assertThat(reply.text()).doesNotContain("secret", "Exception", "at dev.");
    }
  }

  private static RecommendationApi start(Recommender recommender, int port) {
    try {
      return RecommendationApi.start(recommender, "localhost", port);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static int status(int port, String path) throws Exception {
    try (var client = java.net.http.HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(java.net.URI.create("http://localhost:" + port + path)).build();
      return client
          .send(request, java.net.http.HttpResponse.BodyHandlers.discarding())
          .statusCode();
    }
  }

  /// Waits, or fails, in one session it starts; the first two are the warm-up.
  private static final class SlowRecommender implements Recommender {
    static final int AFTER_WARM_UP = 3;

    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private final AtomicInteger sessions = new AtomicInteger();
    private final Recommender recommender;
    private final int slowSession;
    private final RuntimeException[] failure;

    SlowRecommender(Recommender recommender) {
      this(recommender, AFTER_WARM_UP);
    }

    SlowRecommender(Recommender recommender, int slowSession, RuntimeException... failure) {
      this.recommender = recommender;
      this.slowSession = slowSession;
      this.failure = failure;
    }

    @Override
    public Catalogue items() {
      return recommender.items();
    }

    @Override
    public String description() {
      return recommender.description();
    }

    @Override
    public SessionState newSession() {
      if (sessions.incrementAndGet() == slowSession) {
        pause();
      }
      return recommender.newSession();
    }

    @Override
    public SimilarItems similar(String itemId, int k, Set<String> domains) {
      return recommender.similar(itemId, k, domains);
    }

    @Override
    public void close() {
      recommender.close();
    }

    private void pause() {
      if (failure.length > 0) {
        throw failure[0];
      }
      entered.countDown();
      try {
        assertThat(released.await(20, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
