package dev.segue.kernels.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which binding and which driver a JVM of its own gets, by its options.
class CudaChoiceTest {
  private static final String BEGINNING = "backend: cuda cannot be used: ";

  private final StandInDriver driver = StandInDriver.load();

  @Test
  void jcudaThatIsNotThereIsAskedForInOneLine() throws Exception {
    assertThat(open("-Dsegue.cuda.binding=jcuda"))
        .isEqualToIgnoringNewLines(
            BEGINNING
                + "JCuda is not on the class path; add org.jcuda:jcublas:12.6.0 to the class path,"
                + " or leave out segue.cuda.binding=jcuda");
  }

  /// The stand-in has not been told where the kernels are, so that it takes none.
  @Test
  void aGpuThatDoesNotTakeTheKernelsIsRefusedInOneLine() throws Exception {
    assertThat(open())
        .contains(BEGINNING + "cuda: cuModuleLoadDataEx: CUDA_ERROR_INVALID_PTX (218): ")
        .contains("make the PTX again")
        .doesNotContain("Exception");
  }

  @Test
  void autoTakesAnotherThenAndSaysWhy() throws Exception {
    assertThat(open("auto", List.of()))
        .contains("backend: scalar (1 thread); not cuda: cuda: cuModuleLoadDataEx: ")
        .endsWith("scalar (1 thread)" + System.lineSeparator());
  }

  @Test
  void aBindingThatIsNoneIsRefused() throws Exception {
    assertThat(open("-Dsegue.cuda.binding=jni"))
        .isEqualToIgnoringNewLines(
            BEGINNING + "segue.cuda.binding: expected panama or jcuda, got \"jni\"; leave it out");
  }

  @Test
  void aDriverWithoutAFunctionIsTooOld(@TempDir Path folder) throws Exception {
    Path old = folder.resolve("libcuda.so.1");
    compile("extern \"C\" int cuDriverGetVersion(int* v) { *v = 12000; return 0; }", old);

    assertThat(open("-Dsegue.cuda.driver=" + old))
        .isEqualToIgnoringNewLines(
            BEGINNING
                + "the NVIDIA driver is too old: %s has no cuInit;".formatted(old)
                + " install one for CUDA 11.4 or newer");
  }

  @Test
  void aLibraryThatIsNoDriverIsTooOld(@TempDir Path folder) throws Exception {
    Path other = folder.resolve("libcuda.so.1");
    compile("extern \"C\" int nothing() { return 0; }", other);

    assertThat(open("-Dsegue.cuda.driver=" + other)).startsWith(BEGINNING).contains("too old");
  }

  private static void compile(String source, Path library) throws Exception {
    Process process =
        new ProcessBuilder("g++", "-shared", "-fPIC", "-x", "c++", "-o", library.toString(), "-")
            .redirectErrorStream(true)
            .start();
    try (var input = process.getOutputStream()) {
      input.write(source.getBytes(StandardCharsets.UTF_8));
    }
    assertThat(outputOf(process)).isEmpty();
  }

  /// Opens the CUDA backend in a JVM without JCuda and returns what it prints.
  private String open(String... options) throws Exception {
    return open("cuda", List.of(options));
  }

  private String open(String choice, List<String> options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-Dsegue.cuda.driver=" + driver.library("libcuda.so.1"));
    command.addAll(options);
    command.addAll(List.of("-cp", classPath(), "dev.segue.kernels.OpenBackend", choice));
    return outputOf(new ProcessBuilder(command).redirectErrorStream(true).start());
  }

  private static String outputOf(Process process) throws IOException, InterruptedException {
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }

  private static String classPath() {
    Path classes = Path.of("target", "test-classes").toAbsolutePath();
    return Stream.of("jdk.module.path", "java.class.path")
        .flatMap(property -> Stream.of(System.getProperty(property, "").split(File.pathSeparator)))
        .filter(entry -> !entry.isEmpty() && !entry.contains("org" + File.separator + "jcuda"))
        .collect(Collectors.joining(File.pathSeparator, classes + File.pathSeparator, ""));
  }
}
