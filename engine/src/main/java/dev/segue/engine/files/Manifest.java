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
import org.jspecify.annotations.Nullable;

/// The file `MANIFEST` of a directory: size, CRC-32C and SHA-256 of every other file.
///
/// ```
/// # segue manifest 2
/// # 1234 0f3b8a91 config.json
/// 3a7b…  config.json
/// ```
///
/// [#verify] compares the CRC, which finds every kind of damage and takes a tenth of the time.
/// `sha256sum --check MANIFEST` compares the SHA-256, since it skips lines that begin with `#`.
/// Manifests of version 1 had no CRC; there [#verify] compares the SHA-256.
public final class Manifest {
  /// Its name.
  public static final String NAME = "MANIFEST";

  private static final String MARK = "# segue manifest ";
  private static final String WITHOUT_CRC = MARK + "1";
  private static final String FIRST_LINE = MARK + "2";
  private static final Pattern SIZE =
      Pattern.compile("# (\\d{1,18})(?: ([0-9a-f]{8}))? ([\\w.-]+)");
  private static final Pattern SUM = Pattern.compile("([0-9a-f]{64}) {2}([\\w.-]+)");

  private Manifest() {}

  /// What a manifest says about one file.
  ///
  /// @param crc its CRC-32C in hexadecimal, or null in version 1
  private record Size(long bytes, @Nullable String crc) {}

  /// Writes the manifest of files in a directory and forces it to the disk.
  public static void write(Path directory, List<String> names) throws IOException {
    StringBuilder text = new StringBuilder(FIRST_LINE).append('\n');
    for (String name : names) {
      Path file = directory.resolve(name);
      text.append("# %d %s %s\n".formatted(Files.size(file), Digests.crc32c(file), name));
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
    Map<String, Size> sizes = new LinkedHashMap<>();
    Map<String, String> sums = new LinkedHashMap<>();
    read(directory, sizes, sums);
    requireListed(sums.keySet(), required);
    for (Map.Entry<String, String> entry : sums.entrySet()) {
      String name = entry.getKey();
      verify(directory.resolve(name), name, sizes.get(name), entry.getValue());
    }
    return Set.copyOf(sums.keySet());
  }

  private static void verify(Path file, String name, @Nullable Size expected, String sha256)
      throws IOException {
    if (expected == null) {
      throw new IOException("MANIFEST does not say how long %s is".formatted(name));
    }
    long size;
    try {
      size = Files.size(file);
    } catch (NoSuchFileException e) {
      throw new IOException(name + " is missing", e);
    }
    if (size != expected.bytes()) {
      throw new IOException(
          "%s %s, expected %d bytes, got %d"
              .formatted(
                  name,
                  size < expected.bytes() ? "is truncated" : "is too long",
                  expected.bytes(),
                  size));
    }
    String crc = expected.crc();
    if (crc != null && !Digests.crc32c(file).equals(crc)) {
      throw new IOException(name + " was changed after it was written: its CRC-32C differs");
    }
    if (crc == null && !Digests.ofFile(file).equals(sha256)) {
      throw new IOException(name + " was changed after it was written: its SHA-256 differs");
    }
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

  private static void read(Path directory, Map<String, Size> sizes, Map<String, String> sums)
      throws IOException {
    List<String> lines = Files.readString(directory.resolve(NAME)).lines().toList();
    String first = lines.isEmpty() ? "" : lines.getFirst();
    boolean hasCrcs = first.equals(FIRST_LINE);
    if (!hasCrcs && !first.equals(WITHOUT_CRC)) {
      throw new IOException("MANIFEST:1: expected \"%s\", got \"%s\"".formatted(FIRST_LINE, first));
    }
    for (int i = 1; i < lines.size(); i++) {
      Matcher size = SIZE.matcher(lines.get(i));
      Matcher sum = SUM.matcher(lines.get(i));
      if (size.matches() && size.group(2) != null == hasCrcs) {
        sizes.put(size.group(3), new Size(Long.parseLong(size.group(1)), size.group(2)));
      } else if (sum.matches()) {
        sums.put(sum.group(2), sum.group(1));
      } else {
        throw new IOException(
            "MANIFEST:%d: expected a size%s or a SHA-256 with a name, got \"%s\""
                .formatted(i + 1, hasCrcs ? " and a CRC-32C" : "", lines.get(i)));
      }
    }
  }
}
