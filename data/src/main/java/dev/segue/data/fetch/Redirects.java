package dev.segue.data.fetch;

import dev.segue.data.DataException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Follows redirects one by one, since Hugging Face names digest and length in the reply that
/// redirects and not in the one with the file.
final class Redirects {
  private static final int MOST = 10;

  private final HttpClient client;
  private final Duration patience;

  Redirects(HttpClient client, Duration patience) {
    this.client = client;
    this.patience = patience;
  }

  /// Asks for an address and for what it redirects to.
  ///
  /// @param headers names and values in turn
  Reply follow(URI start, String... headers) throws TryAgain, InterruptedException {
    URI address = start;
    String sha256 = "";
    long bytes = -1;
    String revision = "";
    for (int hops = 0; hops <= MOST; hops++) {
      HttpRequest.Builder request = HttpRequest.newBuilder(address).GET();
      if (headers.length > 0) {
        request.headers(headers);
      }
      HttpResponse<InputStream> response = send(request.build());
      HttpHeaders told = response.headers();
      String linked = Reply.header(told, "X-Linked-ETag").replace("\"", "");
      sha256 = Source.isDigest(linked) ? linked : sha256;
      bytes = Math.max(bytes, Numbers.parse(Reply.header(told, "X-Linked-Size")));
      revision = told.firstValue("X-Repo-Commit").orElse(revision);
      if (!isRedirect(response.statusCode())) {
        return new Reply(response, sha256, bytes, revision);
      }
      discard(response);
      address = next(address, Reply.header(told, "Location"));
    }
    throw new DataException("%s: redirects more than %d times".formatted(start, MOST));
  }

  private HttpResponse<InputStream> send(HttpRequest request)
      throws TryAgain, InterruptedException {
    CompletableFuture<HttpResponse<InputStream>> reply =
        client.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream());
    try {
      return reply.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      reply.cancel(true);
      throw new TryAgain(
          "%s did not answer within %s".formatted(request.uri().getHost(), seconds(patience)), e);
    } catch (ExecutionException e) {
      throw new TryAgain(Causes.describe(e, request.uri()), e.getCause());
    } catch (InterruptedException e) {
      reply.cancel(true);
      throw e;
    }
  }

  static String seconds(Duration duration) {
    double value = duration.toMillis() / 1000.0;
    return (value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value))
        + " s";
  }

  private static boolean isRedirect(int status) {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
  }

  private static URI next(URI from, String location) {
    URI to;
    try {
      to = from.resolve(location);
    } catch (IllegalArgumentException e) {
      throw new DataException(
          "%s: redirects to something that is no address: \"%s\"".formatted(from, location), e);
    }
    String scheme = String.valueOf(to.getScheme());
    if (location.isEmpty() || to.getHost() == null || !scheme.startsWith("http")) {
      throw new DataException(
          "%s: redirects to something that is no address: \"%s\"".formatted(from, location));
    }
    if ("https".equals(from.getScheme()) && !"https".equals(scheme)) {
      throw new DataException(
          "%s: redirects from https to %s, which anybody on the way can change"
              .formatted(from, to));
    }
    return to;
  }

  private static void discard(HttpResponse<InputStream> response) throws TryAgain {
    try {
      response.body().close();
    } catch (IOException e) {
      throw new TryAgain(Causes.describe(e, response.uri()), e);
    }
  }
}
