package dev.segue.data.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.segue.data.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Downloads onto a real file system of 64 kB. Mounting one takes root: elsewhere the test is
/// skipped, but not where root runs it in CI.
class FullDiskTest {
  private final ScriptedServer server = new ScriptedServer();
  private final byte[] content = new byte[300_000];
  @TempDir private Path folder;
  private Path disk = Path.of("");

  @BeforeEach
  void mountSmallDisk() throws Exception {
    disk = Files.createDirectory(folder.resolve("disk"));
    boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk.toString());
    boolean must =
        "true".equals(System.getenv("CI")) && "root".equals(System.getProperty("user.name"));
    assumeTrue(mounted || must, "mounting a small disk takes root on Linux; skipped");
    assertThat(mounted).as("root in CI can mount a small disk").isTrue();
  }

  @AfterEach
  void unmount() throws Exception {
    server.close();
    run("umount", disk.toString());
  }

  @Test
  void aFileThatCannotFitIsRefusedBeforeTheFirstByte() {
    RemoteFile remote = new RemoteFile(content, "\"v1\"");
    server.on("/f", remote);

    assertThatThrownBy(this::fetch)
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("file.csv: needs 300.0 kB more, but " + disk + " has ")
        .hasMessageEndingWith(" free");
    assertThat(disk).isEmptyDirectory();
  }

  @Test
  void aDiskThatFillsUpKeepsWhatIsThereAndSaysSoOnce() throws IOException {
    server.on("/f", new RemoteFile(content, "\"v1\"").withoutLength());

    assertThatThrownBy(this::fetch)
        .isInstanceOf(DataException.class)
        .hasCauseInstanceOf(IOException.class)
        .hasMessageStartingWith(
            disk.resolve("file.csv.part") + ": cannot be written: no space left")
        .hasMessageEndingWith("kB are kept; the same command continues)")
        .hasMessageNotContaining("\n");
    assertThat(disk.resolve("file.csv")).doesNotExist();
    assertThat(Files.size(disk.resolve("file.csv.part"))).isPositive();
    assertThat(server.requests()).hasSize(1);
  }

  private void fetch() {
    Source source =
        new Source("test", "file.csv", server.address("/f"), server.address("/"), "free", null);
    try (Fetcher fetcher = new Fetcher(FetchSettings.usual())) {
      fetcher.fetch(source, disk, FetchProgress.silent());
    }
  }

  private static boolean run(String... command) throws Exception {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
