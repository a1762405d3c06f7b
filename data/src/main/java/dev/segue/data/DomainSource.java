package dev.segue.data;

import java.nio.file.Path;
import java.util.regex.Pattern;

/// A file of items of one domain, and how to read it.
///
/// @param domain what kind of items they are, such as `Podcast`: letters and digits, with spaces
///   and hyphens between them
/// @param file CSV, TSV, JSON Lines or Parquet
/// @param mapping which columns give what
public record DomainSource(String domain, Path file, DomainMapping mapping) {
  // Ids are <Domain>_<key>, so an underscore would leave open where the domain ends.
  private static final Pattern DOMAIN = Pattern.compile("[\\p{L}\\p{N}]+([ -][\\p{L}\\p{N}]+)*");

  /// Checks the name of the domain.
  public DomainSource {
    try {
      checkedDomain(domain);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "domain: %s, got \"%s\"".formatted(e.getMessage(), domain), e);
    }
  }

  static String checkedDomain(String name) {
    if (!DOMAIN.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "expected letters and digits, with spaces and hyphens between them");
    }
    return name;
  }
}
