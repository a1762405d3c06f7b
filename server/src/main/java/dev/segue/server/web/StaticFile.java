package dev.segue.server.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// A file of the dashboard.
///
/// @param name its name in the page
/// @param mediaType its content type
/// @param tag its entity tag, which changes with its bytes
/// @param bytes its content
record StaticFile(String name, String mediaType, String tag, byte[] bytes) {
  private static final List<String> NAMES =
      List.of(
          "index.html",
          "icon.svg",
          "base.css",
          "dashboard.css",
          "lists.css",
          "main.js",
          "address.js",
          "api.js",
          "clicks.js",
          "dom.js",
          "picker.js",
          "recommendations.js",
          "session.js");

  /// Reads all files of the dashboard.
  static Map<String, StaticFile> dashboard() {
    return NAMES.stream()
        .map(StaticFile::read)
        .collect(Collectors.toUnmodifiableMap(StaticFile::name, Function.identity()));
  }

  private static StaticFile read(String name) {
    try (InputStream in = StaticFile.class.getResourceAsStream("/dashboard/" + name)) {
      if (in == null) {
        throw new IllegalStateException("dashboard: this jar has no file dashboard/" + name);
      }
      byte[] bytes = in.readAllBytes();
      return new StaticFile(name, mediaTypeOf(name), tagOf(bytes), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("dashboard: cannot read dashboard/" + name, e);
    }
  }

  private static String mediaTypeOf(String name) {
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "html" -> "text/html; charset=utf-8";
      case "css" -> "text/css; charset=utf-8";
      case "js" -> "text/javascript; charset=utf-8";
      case "svg" -> "image/svg+xml";
      default -> throw new IllegalArgumentException("dashboard: no media type for " + name);
    };
  }

  private static String tagOf(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return '"' + HexFormat.of().formatHex(digest, 0, 12) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("dashboard: every Java has SHA-256", e);
    }
  }
}
