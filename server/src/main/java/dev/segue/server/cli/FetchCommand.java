package dev.segue.server.cli;

import dev.segue.data.DataException;
import dev.segue.data.fetch.FetchResult;
import dev.segue.data.fetch.FetchSettings;
import dev.segue.data.fetch.Fetcher;
import dev.segue.data.fetch.PublicSources;
import dev.segue.data.fetch.Source;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `segue fetch`.
@Command(
    name = "fetch",
    customSynopsis = "segue fetch [--only NAME,...] [--to DIR] [OPTIONS]",
    description = {
      "Downloads the three public sets of movies, music and books from Hugging Face.",
      "",
      "A broken download continues where it ended. Length and, where known, SHA-256 are verified"
          + " before a file gets its final name; <file>.source.json beside it says where it came"
          + " from and under which licence. What is there and verified is not downloaded again."
    },
    footer = {
      "",
      "Examples:",
      "  segue fetch",
      "  segue fetch --only movies,books --to downloads",
      "  segue fetch --only books --books-url https://mirror.example/goodreads_data.csv",
      "",
      "Proxies: HTTPS_PROXY=http://proxy.example:3128, HTTP_PROXY, NO_PROXY, or Java's properties."
    })
final class FetchCommand implements Callable<Integer> {
  @Option(
      names = "--only",
      split = ",",
      hideParamSyntax = true,
      paramLabel = "NAME,...",
      description = "Which sets: movies, music, books. All, if not given.")
  private List<String> only = new ArrayList<>();

  @Option(
      names = "--to",
      paramLabel = "DIR",
      defaultValue = DefaultPaths.DOWNLOADS,
      description = "Where the files go. Default: ${DEFAULT-VALUE}.")
  private Path folder = Path.of(DefaultPaths.DOWNLOADS);

  @Option(
      names = "--endpoint",
      paramLabel = "URL",
      defaultValue = "${env:HF_ENDPOINT:-https://huggingface.co}",
      description =
          "Hugging Face or a mirror of it; HF_ENDPOINT sets it too. Default: ${DEFAULT-VALUE}.")
  private URI endpoint = PublicSources.HUGGING_FACE;

  @Option(
      names = "--movies-url",
      paramLabel = "URL",
      description = "Another address of the movies.")
  private @Nullable URI moviesUrl;

  @Option(names = "--music-url", paramLabel = "URL", description = "Another address of the music.")
  private @Nullable URI musicUrl;

  @Option(names = "--books-url", paramLabel = "URL", description = "Another address of the books.")
  private @Nullable URI booksUrl;

  @Option(
      names = "--sha256",
      split = ",",
      hideParamSyntax = true,
      paramLabel = "NAME=HEX,...",
      description = "The digest that a set must have, such as books=9f86....")
  private Map<String, String> digests = new LinkedHashMap<>();

  @Option(names = "--force", description = "Download again and replace what is there.")
  private boolean force;

  @Option(
      names = "--attempts",
      paramLabel = "N",
      defaultValue = "6",
      description = "How often a file is asked for in all. Default: ${DEFAULT-VALUE}.")
  private int attempts;

  @Option(
      names = "--stall-timeout",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description = "How long a server may send nothing. Default: ${DEFAULT-VALUE}.")
  private int stallSeconds;

  private final Terminal terminal;

  FetchCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    List<Source> sources = sources();
    int exitCode = 0;
    try (Fetcher fetcher = new Fetcher(settings())) {
      for (Source source : sources) {
        exitCode = Math.max(exitCode, fetch(fetcher, source));
      }
    }
    return exitCode;
  }

  /// One set that cannot be had does not keep the others away.
  private int fetch(Fetcher fetcher, Source source) {
    try (DownloadBar bar = new DownloadBar(terminal, source.fileName())) {
      FetchResult result = fetcher.fetch(source, folder, force, bar);
      bar.hide();
      terminal.print(describe(source, result));
      terminal.print("        source: " + source.page());
      terminal.print("        licence: " + source.licence());
      return 0;
    } catch (DataException e) {
      Failure failure = Failure.of(e);
      terminal.tell("segue fetch: " + failure.line());
      // A network or a server that fails is not the user's doing.
      return e.getCause() instanceof IOException ? Failure.FAILED : failure.exitCode();
    }
  }

  private static String describe(Source source, FetchResult result) {
    String what =
        result.wasPresent()
            ? "is there and verified, nothing to do"
            : String.format(
                Locale.ROOT,
                "%,d bytes, %,d of them received now",
                result.lengthBytes(),
                result.receivedBytes());
    return String.format(Locale.ROOT, "%-7s %s: %s", source.name(), result.file(), what);
  }

  private FetchSettings settings() {
    FetchSettings usual = FetchSettings.usual();
    return new FetchSettings(
        attempts,
        usual.firstPause(),
        usual.longestPause(),
        usual.connectTimeout(),
        Duration.ofSeconds(stallSeconds));
  }

  private List<Source> sources() {
    List<Source> all = PublicSources.at(endpoint);
    checkNames("--only", only, all);
    checkNames("--sha256", digests.keySet(), all);
    return all.stream()
        .filter(source -> only.isEmpty() || only.contains(source.name()))
        .map(this::withOptions)
        .toList();
  }

  private Source withOptions(Source source) {
    URI address =
        switch (source.name()) {
          case "movies" -> moviesUrl;
          case "music" -> musicUrl;
          default -> booksUrl;
        };
    Source asked = address == null ? source : source.withAddress(address);
    String digest = digests.get(source.name());
    return digest == null ? asked : asked.withSha256(digest);
  }

  private static void checkNames(String option, Iterable<String> names, List<Source> all) {
    List<String> known = all.stream().map(Source::name).toList();
    for (String name : names) {
      if (!known.contains(name)) {
        throw new UserMistake(
            "%s: unknown set, expected %s, got \"%s\""
                .formatted(option, String.join(", ", known), name));
      }
    }
  }
}
