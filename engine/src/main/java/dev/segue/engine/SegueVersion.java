package dev.segue.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/// The version of this build, written into a resource by Maven.
final class SegueVersion {
  private SegueVersion() {}

  static String get() {
    Properties properties = new Properties();
    try (InputStream in = SegueVersion.class.getResourceAsStream("version.properties")) {
      if (in == null) {
        throw new IllegalStateException("engine: version.properties is not in the module");
      }
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("engine: version.properties cannot be read", e);
    }
    return properties.getProperty("version", "unknown");
  }
}
