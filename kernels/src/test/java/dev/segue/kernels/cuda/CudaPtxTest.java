package dev.segue.kernels.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// The committed PTX belongs to the sources, and its variants to each other. Needs no compiler.
class CudaPtxTest {
  private static final Path SOURCES = Path.of("src/main/cuda");

  /// Sources as `generate-ptx` digests them.
  private static List<Path> sources() {
    List<Path> files = new ArrayList<>(SourceDigest.files(SOURCES, ".cu"));
    files.addAll(SourceDigest.files(SOURCES, ".cuh"));
    return files.stream().sorted().toList();
  }

  @ParameterizedTest
  @EnumSource
  void isMadeFromTheSourcesAsTheyAre(PtxVariant variant) {
    assertThat(PtxText.of(variant).line(1))
        .as("%s is older than src/main/cuda; run src/main/cuda/generate-ptx", variant.file())
        .isEqualTo("// SHA-256 of the sources: " + SourceDigest.of(sources(), ""));
  }

  @ParameterizedTest
  @CsvSource({"SM75, 7.0, sm_75", "SM80, 7.0, sm_80", "SM90, 7.8, sm_90"})
  void declaresWhatItsDriversRead(PtxVariant variant, String version, String target) {
    PtxText text = PtxText.of(variant);
    assertThat(text.declared(".version")).isEqualTo(version);
    assertThat(text.declared(".target")).isEqualTo(target);
    assertThat(text.declared(".address_size")).isEqualTo("64");
  }

  @ParameterizedTest
  @EnumSource
  void namesNoFilesOfTheMachineThatMadeIt(PtxVariant variant) {
    assertThat(PtxText.of(variant).text()).doesNotContainPattern("(?m)^\\s*\\.(file|loc)\\b");
    assertThat(PtxText.of(variant).text()).doesNotContain("/usr", "/home", "/tmp");
  }

  @Test
  void theVariantsHaveTheSameKernels() {
    var entries = PtxText.of(PtxVariant.SM75).entries();
    assertThat(entries).isNotEmpty();
    assertThat(PtxText.of(PtxVariant.SM80).entries()).isEqualTo(entries);
    assertThat(PtxText.of(PtxVariant.SM90).entries()).isEqualTo(entries);
  }

  @Test
  void everyKernelIsThereForTheStandIn() throws IOException {
    StringBuilder all = new StringBuilder();
    for (Path source : SourceDigest.files(SOURCES, ".cu")) {
      all.append(Files.readString(source));
    }
    List<String> marked =
        Pattern.compile("(?m)^STAND_IN_KERNEL\\((\\w+)\\)")
            .matcher(all)
            .results()
            .map(match -> match.group(1))
            .toList();
    assertThat(new TreeSet<>(marked)).isEqualTo(PtxText.of(PtxVariant.SM90).entries().keySet());
  }

  @Test
  void everyKernelHasTheParametersThatItIsLaunchedWith() {
    SortedMap<String, String> launched = new TreeMap<>();
    for (Kernel kernel : Kernel.values()) {
      launched.put(
          kernel.entry(),
          kernel.parameters().chars().mapToObj(CudaPtxTest::type).collect(Collectors.joining(" ")));
    }
    assertThat(PtxText.of(PtxVariant.SM90).entries()).isEqualTo(launched);
  }

  private static String type(int letter) {
    return switch (letter) {
      case 'p', 'l' -> "u64";
      case 'i' -> "u32";
      case 'f' -> "f32";
      default -> throw new IllegalArgumentException("no kind of parameter: " + (char) letter);
    };
  }
}
