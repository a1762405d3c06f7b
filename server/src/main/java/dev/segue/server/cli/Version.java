package dev.segue.server.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/// The version that the build wrote into `build.properties`.
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() throws IOException {
    Properties build = new Properties();
    try (InputStream input = Version.class.getResourceAsStream("build.properties")) {
      if (input != null) {
        build.load(input);
      }
    }
    String commit = build.getProperty("commit", "");
    return new String[] {
      "segue %s%s, Java %s"
          .formatted(
              build.getProperty("version", "unknown"),
              commit.isEmpty() ? "" : " (" + commit + ")",
              Runtime.version())
    };
  }
}
