package dev.segue.kernels.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.segue.kernels.cuda.Compiler.ProgramRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What only NVIDIA's compilers can say of the committed PTX. They are on few machines and on no
/// build server, so these tests skip without them there too; [CudaPtxTest] never skips.
class CudaPtxToolsTest {
  private static final Path SOURCES = Path.of("src/main/cuda");
  private static final Path RESOURCES = Path.of("src/main/resources/dev/segue/kernels/cuda");

  /// Two blocks of 256 threads on a multiprocessor; kernels that need more are in the file.
  private static final int USUAL_REGISTERS = 128;

  private static final Pattern FUNCTION =
      Pattern.compile(
          "Compiling entry function '(\\w+)'.*?(\\d+) bytes spill stores, (\\d+) bytes spill loads"
              + ".*?Used (\\d+) registers",
          Pattern.DOTALL);

  @TempDir private Path folder;

  @Test
  void theSourcesGiveTheSameTextAgain() throws IOException {
    assumeTrue(StandInDriver.hasProgram("nvcc"), "skipped: no nvcc on this machine");
    String made = PtxText.of(PtxVariant.SM90).line(2);
    String version = ProgramRun.of(List.of("nvcc", "--version")).output();
    assumeTrue(
        version.contains("V" + made.substring(made.lastIndexOf(' ') + 1)),
        "skipped: this machine's nvcc is another one than " + made);

    ProgramRun run =
        ProgramRun.of(List.of(SOURCES.resolve("generate-ptx").toString(), folder.toString()));
    assertThat(run.code()).as(run.output()).isZero();
    for (PtxVariant variant : PtxVariant.values()) {
      assertThat(folder.resolve(variant.file()))
          .hasSameTextualContentAs(RESOURCES.resolve(variant.file()));
    }
  }

  @ParameterizedTest
  @CsvSource({"SM75, 75", "SM80, 80", "SM80, 86", "SM90, 90", "SM90, 100", "SM90, 120"})
  void noKernelSpillsOrTakesTooManyRegisters(PtxVariant variant, int architecture)
      throws IOException {
    assumeTrue(StandInDriver.hasProgram("ptxas"), "skipped: no ptxas on this machine");
    ProgramRun run =
        ProgramRun.of(
            List.of(
                "ptxas",
                "-v",
                "-arch=sm_" + architecture,
                "-o",
                folder.resolve("kernels.cubin").toString(),
                RESOURCES.resolve(variant.file()).toString()));
    assertThat(run.code()).as(run.output()).isZero();

    Map<String, Integer> budget = budget();
    List<MatchResult> functions = FUNCTION.matcher(run.output()).results().toList();
    assertThat(functions).hasSameSizeAs(PtxText.of(variant).entries().keySet());
    for (MatchResult function : functions) {
      String name = function.group(1);
      assertThat(List.of(function.group(2), function.group(3)))
          .as("bytes that %s spills on sm_%d", name, architecture)
          .containsOnly("0");
      assertThat(Integer.parseInt(function.group(4)))
          .as("registers of %s on sm_%d", name, architecture)
          .isLessThanOrEqualTo(budget.getOrDefault(name, USUAL_REGISTERS));
    }
  }

  /// The project's kernels need not use all of `segue.cuh`; those of the stand-in do.
  @ParameterizedTest
  @CsvSource({"SM75, 75", "SM80, 80", "SM90, 90"})
  void everyFunctionOfTheHeaderIsInTheDeclaredVersion(PtxVariant variant, int architecture)
      throws IOException {
    assumeTrue(
        StandInDriver.hasProgram("nvcc") && StandInDriver.hasProgram("ptxas"),
        "skipped: no nvcc or no ptxas on this machine");
    Path ptx = folder.resolve("own.ptx");
    ProgramRun compiled =
        ProgramRun.of(
            List.of(
                "nvcc",
                "-ptx",
                "-std=c++17",
                "-arch=compute_" + architecture,
                "-I" + SOURCES,
                "-o",
                ptx.toString(),
                "src/test/cuda/own.cu"));
    assertThat(compiled.code()).as(compiled.output()).isZero();
    String version = PtxText.of(variant).declared(".version");
    String lowered = Files.readString(ptx).replaceFirst("\n\\.version .*", "\n.version " + version);
    Files.writeString(ptx, lowered);

    Path cubin = folder.resolve("own.cubin");
    ProgramRun assembled =
        ProgramRun.of(
            List.of("ptxas", "-arch=sm_" + architecture, "-o", cubin.toString(), ptx.toString()));
    assertThat(assembled.code()).as(assembled.output()).isZero();
  }

  /// Lines of a kernel's name and how many registers it may take; `#` begins a comment.
  private static Map<String, Integer> budget() throws IOException {
    Map<String, Integer> budget = new HashMap<>();
    for (String line : Files.readAllLines(SOURCES.resolve("registers.txt"))) {
      if (!line.isBlank() && !line.startsWith("#")) {
        String[] words = line.strip().split("\\s+", 2);
        budget.put(words[0], Integer.valueOf(words[1]));
      }
    }
    return budget;
  }

  @Test
  void theBudgetNamesKernelsThatThereAre() throws IOException {
    assertThat(PtxText.of(PtxVariant.SM90).entries().keySet()).containsAll(budget().keySet());
  }
}
