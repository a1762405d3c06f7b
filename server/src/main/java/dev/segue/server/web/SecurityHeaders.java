package dev.segue.server.web;

import io.javalin.http.Context;
import java.util.Map;

/// The headers that keep a browser from doing more than the dashboard needs.
final class SecurityHeaders {
  /// Scripts, styles and requests from this server only; nothing inline, no frames, no plug-ins.
  static final String CONTENT_POLICY =
      String.join(
          "; ",
          "default-src 'none'",
          "script-src 'self'",
          "style-src 'self'",
          "img-src 'self'",
          "connect-src 'self'",
          "base-uri 'none'",
          "form-action 'none'",
          "frame-ancestors 'none'",
          "require-trusted-types-for 'script'",
          "trusted-types 'none'");

  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy", CONTENT_POLICY,
          "X-Content-Type-Options", "nosniff",
          "X-Frame-Options", "DENY",
          "Referrer-Policy", "no-referrer",
          "Cross-Origin-Opener-Policy", "same-origin",
          "Cross-Origin-Resource-Policy", "same-origin",
          "Permissions-Policy", "camera=(), geolocation=(), microphone=()");

  private SecurityHeaders() {}

  /// Sets the headers on a reply of any kind.
  static void set(Context context) {
    HEADERS.forEach(context::header);
  }
}
