package dev.segue.server.cli;

/// Where commands put their results when nobody says where, so that `segue fetch`, `segue prepare`
/// and `segue explore` follow each other without a word.
final class DefaultPaths {
  /// What `fetch` downloads.
  static final String DOWNLOADS = "downloads";

  /// What `prepare` makes of it.
  static final String CATALOGUE = "catalogue";

  /// What `explore` writes about that.
  static final String REPORT = "report.html";

  private DefaultPaths() {}
}
