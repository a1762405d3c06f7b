package dev.segue.server.web;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/// Problems that Jetty finds before a route is looked for: a broken request line, a header too
/// large.
final class HttpErrors extends ErrorHandler {
  private final Json json;

  /// Makes the replies.
  HttpErrors(Json json) {
    this.json = json;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int status = response.getStatus();
    ProblemKind kind = ProblemKind.ofStatus(status);
    Problem problem =
        new Problem(
            kind.type(), kind.title(), status, HttpStatus.getMessage(status), null, null, null);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
    response.write(true, ByteBuffer.wrap(json.bytes(problem)), callback);
    return true;
  }
}
