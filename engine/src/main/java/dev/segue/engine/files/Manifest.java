package dev.segue.engine.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The file `MANIFEST` of a directory: size and SHA-256 of every other file.
///
/// ```
/// # segue manifest 1
/// # 1234 config.json
/// 3a7b…  config.json
/// ```
///
/// `sha256sum --check MANIFEST` reads it too, since it skips lines that begin with `#`.
public final class Manifest {
  /// Its name.
  public static final String NAME = "MANIFEST";

  private static final String MARK = "# segue manifest ";
  private static final String FIRST_LINE = MARK + "1";
  private static final Pattern SIZE = Pattern.compile("# (\\d{1,18}) ([\\w.-]+)");
  private static final Pattern SUM = Pattern.compile("([0-9a-f]{64}) {2}([\\w.-]+)");

  private Manifest() {}

  /// Writes the manifest of files in a directory and forces it to the disk.
  public static void write(Path directory, List<String> names) throws IOException {
    StringBuilder text = new StringBuilder(FIRST_LINE).append('\n');
    for (String name : names) {
      Path file = directory.resolve(name);
      text.append("# %d %s\n".formatted(Files.size(file), name));
      text.append("%s  %s\n".formatted(Digests.ofFile(file), name));
    }
    DurableText.write(directory.resolve(NAME), text);
  }

  /// Returns whether a directory has a manifest of ours, damaged or not.
  public static boolean isPresent(Path directory) throws IOException {
    Path file = directory.resolve(NAME);
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] start = MARK.getBytes(StandardCharsets.UTF_8);
      return Arrays.equals(in.readNBytes(start.length), start);
    }
  }

  /// Checks size and sum of every file that a manifest lists, and returns their names.
  ///
  /// @param directory where it lies
  /// @param required names that it must list
  public static Set<String> verify(Path directory, List<String> required) throws IOException {
    Map<String, Long> sizes = new LinkedHashMap<>();
    Map<String, String> sums = new LinkedHashMap<>();
    read(directory, sizes, sums);
    requireListed(sums.keySet(), required);
    for (Map.Entry<String, String> entry : sums.entrySet()) {
      String name = entry.getKey();
      Path file = directory.resolve(name);
      long expected = sizes.getOrDefault(name, -1L);
      long size;
      try {
        size = Files.size(file);
      } catch (NoSuchFileException e) {
        throw new IOException(name + " is missing", e);
      }
      if (size != expected) {
        throw new IOException(
            "%s %s, expected %d bytes, got %d"
                .formatted(name, size < expected ? "is truncated" : "is too long", expected, size));
      }
      if (!Digests.ofFile(file).equals(entry.getValue())) {
        throw new IOException(name + " was changed after it was written: its SHA-256 differs");
      }
    }
    return Set.copyOf(sums.keySet());
  }

  /// Throws unless a manifest lists some names.
  ///
  /// @param listed what [#verify] returned
  public static void requireListed(Set<String> listed, List<String> required) throws IOException {
    for (String name : required) {
      if (!listed.contains(name)) {
        throw new IOException("MANIFEST does not list " + name);
      }
    }
  }

  private static void read(Path directory, Map<String, Long> sizes, Map<String, String> sums)
      throws IOException {
    List<String> lines = Files.readString(directory.resolve(NAME)).lines().toList();
    if (lines.isEmpty() || !lines.getFirst().equals(FIRST_LINE)) {
      throw new IOException(
          "MANIFEST:1: expected \"%s\", got \"%s\""
              .formatted(FIRST_LINE, lines.isEmpty() ? "" : lines.getFirst()));
    }
    for (int i = 1; i < lines.size(); i++) {
      Matcher size = SIZE.matcher(lines.get(i));
      Matcher sum = SUM.matcher(lines.get(i));
      if (size.matches()) {
        sizes.put(size.group(2), Long.parseLong(size.group(1)));
      } else if (sum.matches()) {
        sums.put(sum.group(2), sum.group(1));
      } else {
        throw new IOException(
            "MANIFEST:%d: expected a size or a SHA-256 with a name, got \"%s\""
                .formatted(i + 1, lines.get(i)));
      }
    }
  }
}
