package dev.segue.server.cli;

import dev.segue.data.DomainMapping;
import dev.segue.data.DomainSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/// The options that name catalogues of domains of the user's own.
final class DomainOptions {
  @Option(
      names = "--domain",
      paramLabel = "NAME=FILE",
      description =
          "Items of a domain of your own, such as Podcast=podcasts.csv: CSV, TSV, JSON Lines or"
              + " Parquet; may be repeated.")
  private List<String> domains = new ArrayList<>();

  @Option(
      names = "--mapping",
      paramLabel = "FILE",
      description =
          "A JSON file that says which columns of such a file hold title, genre and so on, one for"
              + " each --domain; may be repeated.")
  private List<Path> mappings = new ArrayList<>();

  /// Returns whether neither option is given.
  boolean isEmpty() {
    return domains.isEmpty() && mappings.isEmpty();
  }

  /// Returns the sources in the order of `--domain`, each with its mapping.
  List<DomainSource> sources() {
    Map<String, Path> files = files();
    Map<String, Path> mappingFiles = new LinkedHashMap<>();
    Map<String, DomainMapping> byDomain = new LinkedHashMap<>();
    for (Path file : mappings) {
      DomainMapping mapping = DomainMapping.read(file);
      String domain = domainOf(mapping, file, files);
      Path other = mappingFiles.put(domain, file);
      if (other != null) {
        throw new UserMistake(
            "--mapping: %s and %s are both for %s, expected one".formatted(other, file, domain));
      }
      byDomain.put(domain, mapping);
    }
    List<DomainSource> sources = new ArrayList<>();
    files.forEach((domain, file) -> sources.add(source(domain, file, byDomain)));
    return sources;
  }

  private Map<String, Path> files() {
    Map<String, Path> files = new LinkedHashMap<>();
    for (String domain : domains) {
      int cut = domain.indexOf('=');
      if (cut < 1 || cut == domain.length() - 1) {
        throw new UserMistake(
            "--domain: expected NAME=FILE such as Podcast=podcasts.csv, got \"%s\""
                .formatted(domain));
      }
      if (files.put(domain.substring(0, cut), Path.of(domain.substring(cut + 1))) != null) {
        throw new UserMistake(
            "--domain: %s is given twice, expected one file a domain"
                .formatted(domain.substring(0, cut)));
      }
    }
    return files;
  }

  /// A mapping that does not say its domain is for the only one there is.
  private static String domainOf(DomainMapping mapping, Path file, Map<String, Path> files) {
    String domain = mapping.domain();
    if (domain == null && files.size() == 1) {
      return files.keySet().iterator().next();
    }
    if (domain == null) {
      throw new UserMistake(
          file.toString()
              + (files.isEmpty()
                  ? ": a mapping without a domain, expected --domain NAME=FILE"
                  : ": does not say its domain, expected \"domain\": one of " + quoted(files)));
    }
    if (!files.containsKey(domain)) {
      throw new UserMistake(
          "%s: is for the domain %s, expected --domain %s=FILE%s"
              .formatted(
                  file, domain, domain, files.isEmpty() ? "" : "; there is " + quoted(files)));
    }
    return domain;
  }

  private static DomainSource source(String domain, Path file, Map<String, DomainMapping> mapped) {
    DomainMapping mapping = mapped.get(domain);
    if (mapping == null) {
      throw new UserMistake(
          ("--domain %s: no mapping, expected --mapping FILE, a JSON file such as"
                  + " {\"domain\": \"%s\", \"title\": \"name\", \"genre\": \"categories\"}")
              .formatted(domain, domain));
    }
    return new DomainSource(domain, file, mapping);
  }

  private static String quoted(Map<String, Path> files) {
    return files.keySet().stream().map(name -> '"' + name + '"').collect(Collectors.joining(", "));
  }
}
