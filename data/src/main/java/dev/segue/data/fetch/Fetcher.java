package dev.segue.data.fetch;

import dev.segue.data.DataException;
import java.io.IOException;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// Downloads files so that what stands under the final name is always whole and verified.
///
/// A broken download continues where it ended, in this run or the next, when the server can prove
/// with `If-Range` or a digest that the file is still the same; else it starts over. Length is
/// always verified where known, SHA-256 where the [Source] or Hugging Face names it. Proxies are
/// those of Java's properties (`https.proxyHost` and so on), else those of the environment
/// variables `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY`. Thread safe.
public final class Fetcher implements AutoCloseable {
  private final FetchSettings settings;
  private final HttpClient client;
  private final Redirects redirects;

  /// Makes a fetcher.
  public Fetcher(FetchSettings settings) {
    this(settings, new Proxies(System.getenv(), ProxySelector.getDefault()));
  }

  Fetcher(FetchSettings settings, Proxies proxies) {
    this.settings = settings;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(settings.connectTimeout())
            .proxy(proxies)
            .authenticator(proxies.authenticator())
            .build();
    this.redirects = new Redirects(client, settings.stallTimeout());
  }

  /// Brings a file into a folder, unless it is there and verified.
  ///
  /// @param source what to download
  /// @param folder where to; made if missing
  /// @param progress who hears about it
  /// @throws DataException when it cannot be had, or when the folder holds another file of that
  ///   name
  public FetchResult fetch(Source source, Path folder, FetchProgress progress) {
    return fetch(source, folder, false, progress);
  }

  /// Brings a file into a folder.
  ///
  /// @param replace whether to download in any case and put the file in place of what is there
  public FetchResult fetch(Source source, Path folder, boolean replace, FetchProgress progress) {
    Path file = folder.resolve(source.fileName());
    try {
      Files.createDirectories(folder);
      FetchResult present = replace ? null : Present.verify(source, file);
      return present != null ? present : download(source, file, progress);
    } catch (IOException e) {
      throw new DataException("%s: cannot be written: %s".formatted(file, Disk.reason(e)), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DataException(source.fileName() + ": interrupted; what is here is kept", e);
    }
  }

  private FetchResult download(Source source, Path file, FetchProgress progress)
      throws IOException, InterruptedException {
    long received = 0;
    String wrongDigest = "";
    try (PartFile part = PartFile.open(file)) {
      for (int attempts = 1; ; attempts++) {
        Attempt attempt = new Attempt(redirects, settings, source, part, progress);
        try {
          attempt.run();
          String digest = Sha256.of(part.path());
          if (isExpected(source, part, digest)) {
            received += attempt.receivedBytes();
            return finish(source, file, part, digest, received, attempts);
          }
          boolean again = digest.equals(wrongDigest);
          wrongDigest = digest;
          throw refuse(source, part, digest, again);
        } catch (TryAgain e) {
          received += attempt.receivedBytes();
          pauseOrGiveUp(source, part, attempts, e, progress);
        }
      }
    }
  }

  /// Throws away a file with a wrong digest; the same wrong one twice is no accident of the
  /// network.
  private static TryAgain refuse(Source source, PartFile part, String digest, boolean again)
      throws IOException {
    String what =
        "wrong SHA-256, expected %s, got %s".formatted(expectedDigest(source, part), digest);
    part.clear();
    if (again) {
      throw new DataException(source.fileName() + ": " + what + " twice; nothing was kept");
    }
    return TryAgain.atOnce(what);
  }

  private void pauseOrGiveUp(
      Source source, PartFile part, int attempts, TryAgain failure, FetchProgress progress)
      throws InterruptedException {
    if (attempts >= settings.attempts()) {
      throw new DataException(
          "%s: %s; gave up after %d attempts%s"
              .formatted(source.fileName(), failure.getMessage(), attempts, kept(part)),
          failure);
    }
    Duration pause = failure.pause == null ? settings.pauseAfter(attempts) : failure.pause;
    progress.retrying(pause, String.valueOf(failure.getMessage()));
    Thread.sleep(pause);
  }

  private static String kept(PartFile part) {
    return part.length() == 0
        ? ""
        : " (%s are kept; the same command continues)".formatted(Numbers.bytes(part.length()));
  }

  private static String expectedDigest(Source source, PartFile part) {
    if (source.sha256() != null) {
      return source.sha256();
    }
    PartInfo info = part.info();
    return info == null ? "" : info.sha256();
  }

  private static boolean isExpected(Source source, PartFile part, String digest) {
    String expected = expectedDigest(source, part);
    return expected.isEmpty() || expected.equals(digest);
  }

  private static FetchResult finish(
      Source source, Path file, PartFile part, String digest, long received, int attempts)
      throws IOException {
    PartInfo info = part.info();
    part.force();
    // The record first: a file without its record could not be verified by the next run.
    new SourceRecord(
            source.address(),
            source.page(),
            source.licence(),
            Instant.now().truncatedTo(ChronoUnit.SECONDS),
            part.length(),
            digest,
            !expectedDigest(source, part).isEmpty(),
            info == null ? "" : info.revision())
        .write(file);
    part.moveTo(file);
    return new FetchResult(
        file, SourceRecord.fileFor(file), part.length(), digest, received, attempts);
  }

  /// Ends connections that are still open.
  @Override
  public void close() {
    client.shutdownNow();
  }
}
