package dev.segue.data.fetch;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A file on the network and what is known of it.
///
/// @param name short name for people, such as `movies`
/// @param fileName name of the file on disk, without a folder
/// @param address where it is downloaded from, http or https
/// @param page the page that describes it
/// @param licence what its publisher says about its use, one sentence
/// @param sha256 its digest, 64 hexadecimal digits in lower case, or null where not known
public record Source(
    String name, String fileName, URI address, URI page, String licence, @Nullable String sha256) {
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

  /// Checks name, address and digest.
  public Source {
    if (fileName.isBlank() || fileName.contains("/") || fileName.contains("\\")) {
      throw new IllegalArgumentException(
          "%s: file name: expected a name without a folder, got \"%s\"".formatted(name, fileName));
    }
    checkAddress(name, address);
    if (sha256 != null) {
      sha256 = sha256.toLowerCase(Locale.ROOT);
      if (!isDigest(sha256)) {
        throw new IllegalArgumentException(
            "%s: SHA-256: expected 64 hexadecimal digits, got \"%s\"".formatted(name, sha256));
      }
    }
  }

  /// Returns the same source at another address; what was known of the digest no longer counts.
  public Source withAddress(URI other) {
    return new Source(name, fileName, other, page, licence, null);
  }

  /// Returns the same source with a digest that the file must have.
  public Source withSha256(String digest) {
    return new Source(name, fileName, address, page, licence, digest);
  }

  static boolean isDigest(String text) {
    return DIGEST.matcher(text).matches();
  }

  private static void checkAddress(String name, URI address) {
    String scheme = address.getScheme();
    boolean web = "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
    if (!web || address.getHost() == null) {
      throw new IllegalArgumentException(
          "%s: address: expected http://… or https://…, got \"%s\"".formatted(name, address));
    }
  }
}
