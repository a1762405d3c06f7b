package dev.segue.data.fetch;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// A file on a [ScriptedServer], with the faults a test asks for.
final class RemoteFile implements ScriptedServer.Route {
  private final AtomicLong sentBytes = new AtomicLong();
  private volatile byte[] content;
  private volatile String etag;
  private volatile boolean ignoresRanges;
  private volatile boolean hidesLength;
  private volatile int cutAfter = -1;
  private final AtomicInteger cuts = new AtomicInteger();

  RemoteFile(byte[] content, String etag) {
    this.content = content;
    this.etag = etag;
  }

  RemoteFile ignoringRanges() {
    ignoresRanges = true;
    return this;
  }

  RemoteFile withoutLength() {
    hidesLength = true;
    return this;
  }

  /// Cuts the connection after so many bytes of a reply, this often.
  RemoteFile cutting(int bytes, int times) {
    cutAfter = bytes;
    cuts.set(times);
    return this;
  }

  void change(byte[] newContent, String newEtag) {
    content = newContent;
    etag = newEtag;
  }

  /// Returns how many bytes of bodies were sent in all.
  long sentBytes() {
    return sentBytes.get();
  }

  @Override
  public void answer(ScriptedServer.Request request, OutputStream out) throws IOException {
    int start = rangeStart(request);
    String length = "Content-Length: " + (content.length - start);
    if (start > 0) {
      ScriptedServer.head(
          out,
          "206 Partial Content",
          length,
          "ETag: " + etag,
          "Content-Range: bytes %d-%d/%d".formatted(start, content.length - 1, content.length));
    } else {
      ScriptedServer.head(out, "200 OK", hidesLength ? "X-Nothing: here" : length, "ETag: " + etag);
    }
    int count = content.length - start;
    if (cuts.getAndDecrement() > 0) {
      count = Math.min(count, cutAfter);
    }
    out.write(content, start, count);
    out.flush();
    sentBytes.addAndGet(count);
  }

  private int rangeStart(ScriptedServer.Request request) {
    String range = request.header("Range");
    boolean same = request.header("If-Range").isEmpty() || request.header("If-Range").equals(etag);
    return ignoresRanges || range.isEmpty() || !same
        ? 0
        : Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
  }
}
