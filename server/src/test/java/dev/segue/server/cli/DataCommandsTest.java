package dev.segue.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.segue.data.SessionLogs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What prepare, simulate and split say about input and output that cannot be used.
class DataCommandsTest {
  @TempDir Path folder;

  @Test
  void aMissingFileIsNamed() {
    Path file = folder.resolve("movies.csv");

    refused("segue prepare: " + file + ": no such file", "prepare", "--movies", file);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"'' | empty", "'a,b\n1,2\n' | no such column"})
  void aFileThatIsNoSourceIsNamedWithTheReason(String content, String reason) throws IOException {
    Path file = Files.writeString(folder.resolve("movies.csv"), content);

    CommandRun run = refused("segue prepare: " + file + ": ", "prepare", "--movies", file);

    assertThat(run.err()).contains(reason);
  }

  @Test
  void binaryGarbageIsRefusedByPlace() throws IOException {
    Path file = Files.write(folder.resolve("b.csv"), new byte[] {(byte) 0x89, 'P', 'N', 'G', 0});

    refused("segue prepare: " + file + ":1", "prepare", "--books", file);
  }

  @Test
  void prepareNeedsASource() {
    refused("segue prepare: nothing to prepare", "prepare");
    refused("segue prepare: --sample and files of its", "prepare", "--sample", "--books", "b.csv");
  }

  @Test
  void simulateRefusesAnUnknownModeAndAMissingCatalogue() {
    Path catalogue = SmallShop.catalogue(folder);
    Path nowhere = folder.resolve("nowhere");

    refused(
        "segue simulate: mode: unknown, expected taste or uniform, got \"tasty\"",
        "simulate",
        "--catalogue",
        catalogue,
        "--mode",
        "tasty");
    refused("segue simulate: number of", "simulate", "--catalogue", catalogue, "--sessions", "0");
    refused("segue simulate: " + nowhere, "simulate", "--catalogue", nowhere);
  }

  @Test
  void splitRefusesSharesThatLeaveNothing() throws IOException {
    Path sessions = SmallShop.sessions(folder, 9);

    refused("segue split: ", "split", "--sessions", sessions, "--test", "1");
    refused("segue split: nothing is held out", "split", "--sessions", sessions, "--test", "0");
    refused(
        "segue split: --test and --test-days exclude each other",
        "split",
        "--sessions",
        sessions,
        "--test",
        "0.1",
        "--test-days",
        "1");
  }

  @Test
  void splitFiltersWhenAsked() throws IOException {
    Path sessions = SmallShop.sessions(folder, 60);
    Files.writeString(sessions, Files.readString(sessions) + "s0,Movie_Rare,1\n");

    CommandRun run =
        CommandRun.of(
            "split", "--sessions", sessions, "--filter", "--out", folder.resolve("split"));

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("removed  1 events: train: round 1: items with fewer");
    assertThat(folder.resolve("split/train.csv")).content().doesNotContain("Movie_Rare");
  }

  @Test
  void splitTakesItemsOutOfTrainingAndListsThem() throws IOException {
    Path sessions = SmallShop.sessions(folder, 60);
    Path split = folder.resolve("split");

    String printed =
        done("split", "--sessions", sessions, "--cold-items", "0.5", "--out", split).out();

    List<String> cold = Files.readAllLines(split.resolve("cold-items.txt"));
    assertThat(cold).isNotEmpty().isSorted();
    assertThat(printed).contains("cold   " + cold.size() + " items, ");
    for (String id : cold) {
      assertThat(split.resolve("train.csv")).content().doesNotContain(id);
      assertThat(split.resolve("test.csv")).content().contains(id);
    }
    refused(
        "segue split: --cold-items: expected a share above 0 and below 1, got 1.0",
        "split",
        "--sessions",
        sessions,
        "--cold-items",
        "1");
  }

  @Test
  void splitKeepsTheEventsOfOneDomain() throws IOException {
    Path sessions = SmallShop.sessions(folder, 60);
    Path split = folder.resolve("split");

    done(
        "split",
        "--sessions",
        sessions,
        "--domain",
        "Movie",
        "--shuffle-ties",
        "--seed",
        "7",
        "--out",
        split);

    for (String part : List.of("train.csv", "test.csv")) {
      assertThat(split.resolve(part)).content().contains("Movie_").doesNotContain("Book_");
    }
    refused(
        "segue split: --domain: expected some of Book, Movie, Music, got Game",
        "split",
        "--sessions",
        sessions,
        "--domain",
        "Game");
  }

  @Test
  void aMappedLogGoesFromImportToEvaluation() throws IOException {
    // The times of the small shop are seconds of 1970, which an import takes for a fault.
    String old = Files.readString(SmallShop.sessions(folder, 60));
    Path raw =
        Files.writeString(
            folder.resolve("raw.csv"),
            Pattern.compile("\\d+$", Pattern.MULTILINE)
                .matcher(old)
                .replaceAll(time -> "" + (1_700_000_000 + Integer.parseInt(time.group()))));
    Path log = folder.resolve("log.segue-log");
    Path split = folder.resolve("split");
    Path model = folder.resolve("model");

    done("import", "--input", raw, "--out", log);
    done("split", "--sessions", log, "--format", "segue-log", "--filter", "--out", split);
    done(
        "train",
        "--sessions",
        split.resolve("train.segue-log"),
        "--set",
        "epochs=1",
        "--set",
        "embedding=4",
        "--set",
        "hidden=4",
        "--out",
        model);
    String table =
        done("evaluate", "--model", model, "--sessions", split.resolve("test.segue-log")).out();
    done("split", "--sessions", log, "--filter", "--out", split);
    String ofText =
        done("evaluate", "--model", model, "--sessions", split.resolve("test.csv")).out();

    assertThat(SessionLogs.read(split.resolve("train.segue-log")).isMapped()).isTrue();
    assertThat(metrics(table)).isNotEmpty().isEqualTo(metrics(ofText));
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> "" + file.getFileName()))
          .noneMatch(name -> name.startsWith("."));
    }
  }

  private static CommandRun done(Object... arguments) {
    CommandRun run = CommandRun.of(arguments);
    assertThat(run.exitCode()).as(run.err()).isZero();
    return run;
  }

  /// Returns the lines of an evaluation but the first, which has its time and the name of the file.
  private static List<String> metrics(String table) {
    return table.lines().skip(1).toList();
  }

  @Test
  void aSimulationBecomesAMappedLog() throws IOException {
    Path catalogue = SmallShop.catalogue(folder);
    Path out = folder.resolve("events.segue-log");

    done("simulate", "--catalogue", catalogue, "--sessions", "9", "--out", out);

    assertThat(SessionLogs.read(out).isMapped()).isTrue();
  }

  @Test
  void badRowsStopUnlessTheyMayBeSkipped() throws IOException {
    Path sessions = SmallShop.sessions(folder, 9);
    Files.writeString(sessions, Files.readString(sessions) + "s1,Movie_Heat,noon\n");

    refused("segue split: " + sessions + ":29: ", "split", "--sessions", sessions);

    CommandRun skipped =
        CommandRun.of(
            "split",
            "--sessions",
            sessions,
            "--skip-bad-rows",
            "--test",
            "0.3",
            "--out",
            folder.resolve("split"));
    assertThat(skipped.exitCode()).isZero();
    assertThat(skipped.err())
        .startsWith("warning: 1 rows were left out; the first: " + sessions + ":29: ");
  }

  @Test
  void aFolderWithoutPermissionIsNamed() throws IOException {
    assumeFalse(System.getProperty("user.name").equals("root"), "root may write everywhere");
    Path closed =
        Files.createDirectory(
            folder.resolve("closed"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r-xr-xr-x")));

    CommandRun run = CommandRun.of("prepare", "--sample", "--out", closed.resolve("catalogue"));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.errorLines()).singleElement().asString().contains("permission denied");
  }

  @Test
  void aFullDiskIsOneLineAndLeavesNothing() throws Exception {
    assumeTrue(System.getProperty("user.name").equals("root"), "only root may mount a tiny disk");
    Path disk = Files.createDirectory(folder.resolve("disk"));
    assumeTrue(
        shell("mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", disk.toString()),
        "this system does not let root mount a tmpfs");
    try {
      CommandRun run = CommandRun.of("prepare", "--sample", "--out", disk.resolve("catalogue"));

      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.errorLines()).singleElement().asString().contains("o space left");
      assertThat(disk.resolve("catalogue").toFile().list()).isEmpty();
    } finally {
      assertThat(shell("umount", disk.toString())).isTrue();
    }
  }

  private static boolean shell(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command).start().waitFor() == 0;
  }

  private CommandRun refused(String start, Object... arguments) {
    Object[] all = java.util.Arrays.copyOf(arguments, arguments.length + 2);
    all[arguments.length] = "--out";
    all[arguments.length + 1] = folder.resolve("out");
    CommandRun run = CommandRun.of(all);
    assertThat(run.errorLines()).singleElement().asString().startsWith(start);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(folder.resolve("out")).doesNotExist();
    return run;
  }

  /// The last training session begins with a rare item: without it, it seems to start after the
  /// test sessions.
  @Test
  void filteringMayTakeASessionsFirstEventAway() throws IOException {
    StringBuilder log = new StringBuilder("session,item,time\n");
    for (int session = 0; session < 40; session++) {
      String first = session == 35 ? "rare" : "a";
      long start = 1_000_000L + session * 60L;
      log.append("s%d,%s,%d%n".formatted(session, first, start));
      log.append("s%d,b,%d%n".formatted(session, start + 50_000));
      log.append("s%d,c,%d%n".formatted(session, start + 50_001));
    }
    Path sessions = Files.writeString(folder.resolve("log.csv"), log);

    CommandRun run =
        CommandRun.of("split", "--sessions", sessions, "--filter", "--out", folder.resolve("s"));

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("removed  1 events: train").contains("test   4 sessions");
  }
}
