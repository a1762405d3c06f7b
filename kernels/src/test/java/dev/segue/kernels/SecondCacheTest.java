package dev.segue.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecondCacheTest {
  @Test
  void readsTheSecondLevelOfWhatLinuxLists(@TempDir Path folder) throws IOException {
    list(folder, 0, "1", "48K\n");
    list(folder, 1, "1", "32K\n");
    list(folder, 2, "2", "2048K\n");
    list(folder, 3, "3", "491520K\n");
    assertThat(SecondCache.read(folder)).isEqualTo(new SecondCache(2 << 20));
  }

  @Test
  void assumesTheUsualSizeWhereNoneIsStated(@TempDir Path folder) throws IOException {
    assertThat(SecondCache.read(folder.resolve("missing"))).isEqualTo(SecondCache.USUAL);
    list(folder, 0, "2", "unknown\n");
    assertThat(SecondCache.read(folder)).isEqualTo(SecondCache.USUAL);
    Files.createDirectory(folder.resolve("index1"));
    assertThat(SecondCache.read(folder)).isEqualTo(SecondCache.USUAL);
  }

  private static void list(Path folder, int index, String level, String size) throws IOException {
    Path cache = Files.createDirectory(folder.resolve("index" + index));
    Files.writeString(cache.resolve("level"), level + "\n");
    Files.writeString(cache.resolve("size"), size);
  }

  @Test
  void takesASizeWithAUnit() {
    assertThat(SecondCache.parse("512K")).isEqualTo(new SecondCache(512 << 10));
    assertThat(SecondCache.parse(" 2m ")).isEqualTo(new SecondCache(2 << 20));
    assertThat(SecondCache.parse("262144")).isEqualTo(new SecondCache(256 << 10));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-1M", "2 M", "2MB", "99999999999", "x"})
  void refusesWhatIsNoSize(String size) {
    assertThatThrownBy(() -> SecondCache.parse(size))
        .isInstanceOf(BackendUnavailableException.class)
        .hasMessage(
            "backend: segue.secondCache, expected a size like 512K or 2M, got %s".formatted(size));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 32 << 10, 256 << 10, 1 << 20, 2 << 20, 64 << 20})
  void blocksAreWholeTilesAndFitTheCache(long bytes) {
    SecondCache cache = new SecondCache(bytes);
    int rows = cache.leftBlockRows(256);
    int columns = cache.rightBlockColumns(256);
    assertThat(rows).isPositive().satisfies(n -> assertThat(n % GemmTile.ROWS).isZero());
    assertThat(columns).isPositive().satisfies(n -> assertThat(n % GemmTile.COLUMNS).isZero());
    if (bytes >= 256 << 10) {
      assertThat((rows + columns) * 256L * Float.BYTES).isLessThanOrEqualTo(bytes * 3 / 4);
    }
  }
}
