package dev.segue.server.web;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.http.NotFoundResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The dashboard's files, read from the jar once. A request picks among them by name; no part of a
/// request ever becomes a path.
final class DashboardHandler {
  private final Map<String, StaticFile> files = StaticFile.dashboard();

  /// Replies with the page.
  void page(Context context) {
    send(context, "index.html");
  }

  /// Replies with a script, style or picture of the page.
  void file(Context context) {
    send(context, context.pathParam("file"));
  }

  private void send(Context context, String name) {
    @Nullable StaticFile file = files.get(name);
    if (file == null) {
      throw new NotFoundResponse();
    }
    // Browsers keep the file and ask each time whether it changed: an update shows at once.
    context.header("Cache-Control", "no-cache").header("ETag", file.tag());
    if (file.tag().equals(context.header("If-None-Match"))) {
      context.status(HttpStatus.NOT_MODIFIED);
      return;
    }
    context.contentType(file.mediaType()).result(file.bytes());
  }
}
