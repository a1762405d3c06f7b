package dev.segue.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevicesCommandTest {
  private static final String DRIVER = "segue.cuda.driver";

  @TempDir private Path folder;

  @BeforeEach
  void hideTheDriver() {
    System.setProperty(DRIVER, folder.toString());
  }

  @AfterEach
  void showTheDriver() {
    System.clearProperty(DRIVER);
  }

  @Test
  void saysForEachBackendWhetherItCanBeHadAndWhatIsMissing() {
    CommandRun run = CommandRun.of("devices");

    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .matches(
            """
            scalar   available: scalar \\(1 thread\\)
            vector   (not )?available: .+
            cuda     not available
                     driver   no NVIDIA driver: .+/libcuda.so.1: no such file
                       cure   install NVIDIA's driver, or name the file by .+
            """);
  }
}
