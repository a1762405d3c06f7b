package dev.segue.data.fetch;

import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The last reply of a chain of redirects, with what earlier ones told of the file.
///
/// @param response the reply that is no redirect
/// @param linkedSha256 the digest that Hugging Face names while it redirects, or empty
/// @param linkedBytes the length that it names, or -1
/// @param revision the commit of the data set that it names, or empty
record Reply(
    HttpResponse<InputStream> response, String linkedSha256, long linkedBytes, String revision) {
  private static final Pattern CONTENT_RANGE =
      Pattern.compile("bytes\\s+(\\d+)-(\\d+)/(\\d+|\\*)", Pattern.CASE_INSENSITIVE);

  int status() {
    return response.statusCode();
  }

  /// Returns the host that answered, after all redirects.
  String host() {
    return response.uri().getHost();
  }

  /// Returns a header, or empty text.
  String header(String name) {
    return header(response.headers(), name);
  }

  static String header(HttpHeaders headers, String name) {
    return headers.firstValue(name).map(String::strip).orElse("");
  }

  /// Returns the ETag as RFC 9110 lets `If-Range` have it, a strong one, else the date of the last
  /// change, else empty text.
  String validator() {
    String etag = header("ETag");
    boolean strong = etag.length() >= 2 && etag.startsWith("\"") && etag.endsWith("\"");
    return strong ? etag : header("Last-Modified");
  }

  /// Returns the length of the whole file, or -1.
  long totalBytes() {
    if (status() == 206) {
      Matcher range = CONTENT_RANGE.matcher(header("Content-Range"));
      return range.matches() ? Numbers.parse(range.group(3)) : -1;
    }
    long length = Numbers.parse(header("Content-Length"));
    return length >= 0 ? length : linkedBytes;
  }

  /// Returns where the bytes of a 206 begin, or -1.
  long rangeStart() {
    Matcher range = CONTENT_RANGE.matcher(header("Content-Range"));
    return range.matches() ? Numbers.parse(range.group(1)) : -1;
  }

  /// Returns whether this is a page for people, as a proxy or a log-in sends instead of a file.
  boolean isWebPage() {
    return header("Content-Type").toLowerCase(Locale.ROOT).startsWith("text/html");
  }

  /// Returns what the server said of the whole file.
  PartInfo info(Source source) {
    return new PartInfo(
        source.address().toString(), validator(), linkedSha256, totalBytes(), revision);
  }
}
