package dev.segue.engine.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void writeOneFile() throws IOException {
    file = Files.writeString(folder.resolve("a.txt"), "abc");
    Manifest.write(folder, List.of("a.txt"));
  }

  @Test
  void linesAreThoseOfSha256sum() {
    assertThat(folder.resolve(Manifest.NAME))
        .hasContent(
            """
            # segue manifest 2
            # 3 364b3fb7 a.txt
            ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  a.txt
            """);
    assertThatCode(() -> Manifest.verify(folder, List.of("a.txt"))).doesNotThrowAnyException();
  }

  @Test
  void everyKindOfDamageHasItsReason() throws IOException {
    Files.writeString(file, "ab");
    assertRefused("a.txt is truncated, expected 3 bytes, got 2");
    Files.writeString(file, "abcd");
    assertRefused("a.txt is too long, expected 3 bytes, got 4");
    Files.writeString(file, "abd");
    assertRefused("a.txt was changed after it was written: its CRC-32C differs");
    Files.delete(file);
    assertRefused("a.txt is missing");
  }

  @Test
  void aDamagedManifestIsRefused() throws IOException {
    Path manifest = folder.resolve(Manifest.NAME);
    String text = Files.readString(manifest);
    Files.writeString(manifest, text.replace("manifest 2", "manifest 3"));
    assertRefused("MANIFEST:1: expected \"# segue manifest 2\", got \"# segue manifest 3\"");
    Files.writeString(manifest, text.replace(" 364b3fb7", ""));
    assertRefused(
        "MANIFEST:2: expected a size and a CRC-32C or a SHA-256 with a name, got \"# 3 a.txt\"");
    Files.writeString(manifest, text.replace("# 3 364b3fb7 a.txt\n", ""));
    assertRefused("MANIFEST does not say how long a.txt is");
    Files.writeString(manifest, text + "../../etc/passwd\n");
    assertRefused(
        "MANIFEST:4: expected a size and a CRC-32C or a SHA-256 with a name, got \"../../etc/passwd\"");
    Files.writeString(manifest, text.lines().findFirst().orElseThrow());
    assertRefused("MANIFEST does not list a.txt");
    Files.writeString(manifest, "");
    assertRefused("MANIFEST:1: expected \"# segue manifest 2\", got \"\"");
  }

  @Test
  void aManifestWithoutCrcIsCheckedBySha256() throws IOException {
    Path manifest = folder.resolve(Manifest.NAME);
    String text = Files.readString(manifest);
    Files.writeString(manifest, text.replace("manifest 2", "manifest 1").replace(" 364b3fb7", ""));
    assertThatCode(() -> Manifest.verify(folder, List.of("a.txt"))).doesNotThrowAnyException();
    Files.writeString(file, "abd");
    assertRefused("a.txt was changed after it was written: its SHA-256 differs");
  }

  /// The check value of the catalogue of parametrised CRC algorithms, CRC-32/ISCSI.
  @Test
  void theCrcIsCrc32c() throws IOException {
    assertThat(Digests.crc32c(Files.writeString(file, "123456789"))).isEqualTo("e3069283");
  }

  private void assertRefused(String message) {
    assertThatThrownBy(() -> Manifest.verify(folder, List.of("a.txt")))
        .isInstanceOf(IOException.class)
        .hasMessage(message);
  }
}
