package dev.segue.data.fetch;

import dev.segue.data.DataException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One request for a file, its reply written behind what the part file holds already.
final class Attempt {
  private static final Set<Integer> PASSING = Set.of(408, 425, 429, 500, 502, 503, 504);
  private static final int BUFFER_BYTES = 1 << 16;

  private final Redirects redirects;
  private final FetchSettings settings;
  private final Source source;
  private final PartFile part;
  private final FetchProgress progress;
  private long receivedBytes;

  Attempt(
      Redirects redirects,
      FetchSettings settings,
      Source source,
      PartFile part,
      FetchProgress progress) {
    this.redirects = redirects;
    this.settings = settings;
    this.source = source;
    this.part = part;
    this.progress = progress;
  }

  /// Returns how many bytes this attempt added to the part file.
  long receivedBytes() {
    return receivedBytes;
  }

  /// Brings the part file to its full length.
  ///
  /// @throws TryAgain when another attempt may succeed
  /// @throws DataException when none will
  void run() throws TryAgain, InterruptedException {
    PartInfo known = part.info();
    boolean resume = part.length() > 0 && known != null && known.canResume(source);
    Reply reply = ask(resume ? known : null);
    try (InputStream body = reply.response().body()) {
      accept(reply, resume ? known : null);
      PartInfo whole = part.info();
      long totalBytes = whole == null ? -1 : whole.totalBytes();
      checkRoom(totalBytes);
      progress.started(part.length(), totalBytes);
      copy(body, totalBytes);
    } catch (TryAgain e) {
      throw e;
    } catch (IOException e) {
      throw new TryAgain(Causes.describe(e, reply.response().uri()), e);
    }
  }

  private Reply ask(@Nullable PartInfo known) throws TryAgain, InterruptedException {
    if (known == null) {
      return redirects.follow(source.address(), "Accept-Encoding", "identity");
    }
    String range = "bytes=" + part.length() + "-";
    return known.validator().isEmpty()
        ? redirects.follow(source.address(), "Accept-Encoding", "identity", "Range", range)
        : redirects.follow(
            source.address(),
            "Accept-Encoding",
            "identity",
            "Range",
            range,
            "If-Range",
            known.validator());
  }

  /// Makes the part file fit for the body of the reply, or refuses the reply.
  private void accept(Reply reply, @Nullable PartInfo known) throws TryAgain {
    switch (reply.status()) {
      case 200 -> begin(reply);
      case 206 -> checkContinues(reply, known);
      case 416 -> throw startOver("the server has no such range any more");
      default -> refuse(reply);
    }
    String encoding = reply.header("Content-Encoding").toLowerCase(Locale.ROOT);
    if (!encoding.isEmpty() && !encoding.equals("identity")) {
      throw failure("the server sends Content-Encoding %s, expected identity".formatted(encoding));
    }
  }

  private void begin(Reply reply) {
    if (reply.isWebPage()) {
      throw failure(
          "expected a file, got a web page (text/html) from %s; is a proxy or a log-in in the way?"
              .formatted(reply.host()));
    }
    onDisk(() -> part.begin(reply.info(source)));
  }

  private void checkContinues(Reply reply, @Nullable PartInfo known) throws TryAgain {
    if (known == null || reply.rangeStart() != part.length()) {
      throw startOver(
          "the server sent bytes from %d, expected from %d"
              .formatted(reply.rangeStart(), known == null ? 0 : part.length()));
    }
    boolean otherLength =
        known.totalBytes() >= 0
            && reply.totalBytes() >= 0
            && known.totalBytes() != reply.totalBytes();
    boolean otherDigest =
        !known.sha256().isEmpty()
            && !reply.linkedSha256().isEmpty()
            && !known.sha256().equals(reply.linkedSha256());
    if (otherLength || otherDigest) {
      throw startOver("the file on the server has changed");
    }
  }

  private TryAgain startOver(String reason) {
    onDisk(part::clear);
    return TryAgain.atOnce(reason + "; starting over");
  }

  private void refuse(Reply reply) throws TryAgain {
    int status = reply.status();
    if (!PASSING.contains(status)) {
      throw failure(
          "%s answers %d%s"
              .formatted(source.address(), status, status == 404 ? " (no such file)" : ""));
    }
    String reason = "%s answers %d".formatted(reply.host(), status);
    Duration asked = retryAfter(reply.header("Retry-After"));
    if (asked == null) {
      throw new TryAgain(reason, null);
    }
    if (asked.compareTo(settings.longestPause()) > 0) {
      TryAgain later = TryAgain.after(asked, reason);
      throw new DataException(
          "%s: %s and asks to come back in %s"
              .formatted(source.fileName(), reason, Redirects.seconds(asked)),
          later);
    }
    throw TryAgain.after(asked, reason);
  }

  /// Returns the pause of a `Retry-After` in seconds or as a date, or null where there is none.
  static @Nullable Duration retryAfter(String header) {
    long seconds = Numbers.parse(header);
    if (seconds >= 0) {
      return Duration.ofSeconds(seconds);
    }
    try {
      Instant date = ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration pause = Duration.between(Instant.now(), date);
      return pause.isNegative() ? Duration.ZERO : pause;
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  private void copy(InputStream body, long totalBytes) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    try (StallWatch watch = new StallWatch(body, settings.stallTimeout())) {
      for (int count = read(body, buffer, watch); count >= 0; count = read(body, buffer, watch)) {
        int bytes = count;
        onDisk(() -> part.append(buffer, bytes));
        receivedBytes += count;
        watch.tick();
        progress.received(part.length());
      }
    }
    if (totalBytes >= 0 && part.length() < totalBytes) {
      throw new TryAgain(
          "the connection ended after %d of %d bytes".formatted(part.length(), totalBytes), null);
    }
    if (totalBytes >= 0 && part.length() > totalBytes) {
      throw startOver("got %d bytes, expected %d".formatted(part.length(), totalBytes));
    }
  }

  private int read(InputStream body, byte[] buffer, StallWatch watch) throws IOException {
    try {
      int count = body.read(buffer);
      if (count < 0 && watch.hasFired()) {
        throw new IOException("closed");
      }
      watch.tick();
      return count;
    } catch (IOException e) {
      if (watch.hasFired()) {
        throw new TryAgain(
            "the server sent nothing for " + Redirects.seconds(settings.stallTimeout()), e);
      }
      throw e;
    }
  }

  /// Fails early where the disk cannot hold the file; a file system that does not know its room
  /// says 0.
  private void checkRoom(long totalBytes) {
    Path folder = part.path().toAbsolutePath().getParent();
    onDisk(() -> {
      long room = folder == null ? 0 : Files.getFileStore(folder).getUsableSpace();
      if (room > 0 && totalBytes - part.length() > room) {
        throw failure(
            "needs %s more, but %s has %s free"
                .formatted(Numbers.bytes(totalBytes - part.length()), folder, Numbers.bytes(room)));
      }
    });
  }

  private DataException failure(String what) {
    return new DataException(source.fileName() + ": " + what);
  }

  /// Something done to the part file.
  @FunctionalInterface
  private interface DiskAction {
    void run() throws IOException;
  }

  /// Keeps errors of the disk apart from those of the network: another attempt is no cure.
  private void onDisk(DiskAction action) {
    try {
      action.run();
    } catch (IOException e) {
      throw new DataException(
          "%s: cannot be written: %s (%s are kept; the same command continues)"
              .formatted(part.path(), Disk.reason(e), Numbers.bytes(part.length())),
          e);
    }
  }
}
