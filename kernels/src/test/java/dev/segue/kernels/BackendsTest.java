package dev.segue.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackendsTest {
  @Test
  void aBackendAskedForByNameIsThatOne() {
    try (Backend scalar = Backends.open(BackendChoice.SCALAR);
        Backend vector = Backends.open(BackendChoice.VECTOR, 2)) {
      assertThat(scalar).isInstanceOf(ScalarBackend.class);
      assertThat(scalar.description()).isEqualTo("scalar (1 thread)");
      assertThat(vector).isInstanceOf(VectorBackend.class);
      assertThat(vector.name()).isEqualTo("vector");
      assertThat(vector.description()).matches("vector \\(\\d+ bits, 2 threads\\)");
    }
  }

  @Test
  void withoutADriverCudaSaysSoInOneLine(@TempDir Path empty) throws Exception {
    String output =
        openInAnotherJvm(
            "cuda", "--enable-native-access=ALL-UNNAMED", "-Dsegue.cuda.driver=" + empty);
    assertThat(output)
        .isEqualToIgnoringNewLines(
            "backend: cuda cannot be used: no NVIDIA driver: %s/libcuda.so.1: no such file;"
                    .formatted(empty)
                + " install NVIDIA's driver, or name the file by -Dsegue.cuda.driver or"
                + " SEGUE_CUDA_DRIVER");
  }

  @Test
  void withoutNativeAccessCudaSaysSoAndJavaDoesNotWarn() throws Exception {
    assertThat(openInAnotherJvm("cuda"))
        .isEqualToIgnoringNewLines(
            "backend: cuda cannot be used: this JVM may not call native code;"
                + " start it with --enable-native-access=ALL-UNNAMED");
  }

  @Test
  void noThreadsAreRefused() {
    assertThatThrownBy(() -> Backends.open(BackendChoice.SCALAR, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("backend: threads, expected at least 1, got 0");
  }

  @Test
  void autoTakesTheBestAndLogsOneLineWithItsReasons() throws Exception {
    String output = openInAnotherJvm("auto", "--add-modules", "jdk.incubator.vector");
    assertThat(output.lines().filter(line -> line.contains("backend: ")))
        .singleElement()
        .asString()
        .containsPattern("INFO: backend: vector \\(\\d+ bits, \\d+ threads?\\); not cuda: .+; .+");
    assertThat(output).containsPattern("\nvector \\(\\d+ bits");
  }

  @Test
  void withoutTheVectorModuleAutoIsScalarAndTheReasonNamesTheCure() throws Exception {
    String reason =
        "the module jdk.incubator.vector is not in this JVM,"
            + " start it with --add-modules jdk.incubator.vector";
    assertThat(openInAnotherJvm("auto"))
        .contains("INFO: backend: scalar (1 thread); not cuda: ")
        .contains("not vector: " + reason);
    assertThat(openInAnotherJvm("vector"))
        .isEqualToIgnoringNewLines("backend: vector cannot be used: " + reason);
  }

  /// Runs [OpenBackend] on the class path of a JVM with these options and returns its output.
  private static String openInAnotherJvm(String choice, String... options)
      throws IOException, InterruptedException {
    String url = String.valueOf(OpenBackend.class.getResource("OpenBackend.class"));
    Path tests = Path.of(URI.create(url.replace("dev/segue/kernels/OpenBackend.class", "")));
    String path =
        String.join(
            File.pathSeparator,
            tests.toString(),
            System.getProperty("jdk.module.path", ""),
            System.getProperty("java.class.path", ""));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", path, OpenBackend.class.getName(), choice));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }
}
