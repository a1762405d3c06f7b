package dev.segue.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.segue.data.LogImport.Imported;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An import that parts events and keeps them on the disk gives what one gives that holds all of
/// them in one buffer.
class SpillingImportTest {
  private static final long START_SECONDS = 1_700_000_000L;
  private static final EventSpill.Layout IN_HEAP = new EventSpill.Layout(1, 1 << 24);

  @TempDir Path folder;

  /// Rows with a time of "-" are rejected.
  record Row(String key, String item, int second, String action, int dwell) {}

  @Property(tries = 400)
  void partsOfAnySizeGiveTheSame(
      @ForAll("rows") List<Row> rows,
      @ForAll("settings") ImportSettings settings,
      @ForAll @IntRange(min = 2, max = 40) int parts,
      @ForAll @IntRange(min = 1, max = 200) int chunkBytes,
      @ForAll boolean hasTimes,
      @ForAll boolean hasDwell) {
    List<String> file = lines(rows, hasTimes, hasDwell);

    Result inHeap = imported(file, settings(settings, hasTimes), IN_HEAP);
    Result parted =
        imported(file, settings(settings, hasTimes), new EventSpill.Layout(parts, chunkBytes));

    assertThat(parted).isEqualTo(inHeap);
  }

  @Test
  void sessionsLongerThanManyBuffersAreWhole() throws IOException {
    List<String> lines = new ArrayList<>(List.of("user,item,time"));
    var random = new Random(5);
    for (int i = 0; i < 60_000; i++) {
      String user = i % 3 == 0 ? "robot" : "пользователь-" + random.nextInt(5000);
      lines.add(user + ",item" + random.nextInt(300) + "," + (START_SECONDS + i));
    }
    ImportSettings settings = LogImportTest.settings(null, false, 0, SessionFilter.usual());

    assertThat(imported(lines, settings, new EventSpill.Layout(16, 512)))
        .isEqualTo(imported(lines, settings, IN_HEAP));
  }

  @Test
  void aMappedLogCanBeImportedAgain() throws IOException {
    Path file = Files.write(folder.resolve("raw.csv"), lines(someRows(), true, true));
    ImportSettings keepAll = LogImportTest.settings(null, false, 0, new SessionFilter(1, 1, false));
    SessionLog log = LogImport.read(file, keepAll, RejectedRows.fail()).log();
    Path mapped = folder.resolve("log.segue-log");
    SessionLogs.write(log, mapped);

    SessionLog again = LogImport.read(mapped, keepAll, RejectedRows.fail()).log();

    // The ids already have their numbers and are sessions now.
    assertThat(SessionLogTest.describe(again)).isEqualTo(SessionLogTest.describe(log));
  }

  @Test
  void nothingIsLeftInTheFolderWhileItRunsAndAfterwards() throws IOException {
    Path work = folder.resolve("work");
    List<String> lines = new ArrayList<>(lines(someRows(), true, true));
    Path file = Files.write(folder.resolve("raw.csv"), lines);
    ImportSettings settings =
        LogImportTest.settings(null, false, 0, new SessionFilter(1, 1, false));
    var layout = new EventSpill.Layout(2, 16);

    SessionLog log = LogImport.read(file, settings, RejectedRows.fail(), work, layout).log();
    assertThat(log.isMapped()).isTrue();
    assertThat(work).isEmptyDirectory();

    lines.add("u,x,nonsense,,");
    Files.write(file, lines);
    assertThatThrownBy(() -> LogImport.read(file, settings, RejectedRows.fail(), work, layout))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("nonsense");
    assertThat(work).isEmptyDirectory();
    assertThat(SessionLogTest.describe(log)).hasSize(log.sessionCount());
  }

  @Test
  void aFullDiskIsOneClearLineAndLeavesNothing() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    boolean mounted = command("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", disk.toString());
    boolean must =
        "true".equals(System.getenv("CI")) && "root".equals(System.getProperty("user.name"));
    assumeTrue(mounted || must, "mounting a small disk takes root on Linux; skipped");
    assertThat(mounted).as("root in CI can mount a small disk").isTrue();
    try {
      List<String> lines = new ArrayList<>(List.of("user,item,time"));
      for (int i = 0; i < 30_000; i++) {
        lines.add("user" + i + ",item" + i % 50 + "," + (START_SECONDS + i));
      }
      Path file = Files.write(folder.resolve("raw.csv"), lines);
      ImportSettings settings =
          LogImportTest.settings(null, false, 0, new SessionFilter(1, 1, false));

      assertThatThrownBy(() ->
              LogImport.read(
                  file, settings, RejectedRows.fail(), disk, new EventSpill.Layout(8, 1024)))
          .isInstanceOf(DataException.class)
          .hasMessage(disk + ": cannot be written: No space left on device");
      assertThat(disk).isEmptyDirectory();

      SessionLog log = LogImport.read(file, settings, RejectedRows.fail()).log();
      Path out = disk.resolve("log.segue-log");
      assertThatThrownBy(() -> SessionLogs.write(log, out))
          .isInstanceOf(DataException.class)
          .hasMessage(out + ": cannot be written: No space left on device");
      assertThat(disk).isEmptyDirectory();
    } finally {
      command("umount", disk.toString());
    }
  }

  @Provide
  Arbitrary<List<Row>> rows() {
    return Combinators.combine(
            Arbitraries.of(
                "u", "v", "u-1", "מבקר", "a rather long name of a user that fills buffers"),
            Arbitraries.of("a", "b", "c", "d", ""),
            Arbitraries.integers().between(-1, 60),
            Arbitraries.of("", "view", "Clicked", "shown", "buy"),
            Arbitraries.integers().between(-1, 9))
        .as(Row::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(60);
  }

  @Provide
  Arbitrary<ImportSettings> settings() {
    Arbitrary<Boolean> either = Arbitraries.of(true, false);
    Arbitrary<SessionFilter> filter =
        Combinators.combine(
                Arbitraries.integers().between(1, 4), Arbitraries.integers().between(1, 3), either)
            .as(SessionFilter::new);
    return Combinators.combine(
            Arbitraries.integers().between(1, 30),
            either,
            Arbitraries.integers().between(0, 9),
            Arbitraries.integers().between(0, 40),
            filter)
        .as((gap, isOrdered, maxLength, cap, kept) ->
            new ImportSettings(
                ColumnMapping.none(),
                Map.of("view", "Searched", "shown", ""),
                Duration.ofSeconds(gap),
                isOrdered,
                Duration.ofSeconds(cap),
                maxLength,
                kept));
  }

  /// Without times a log has sessions, and they are not cut.
  private static ImportSettings settings(ImportSettings all, boolean hasTimes) {
    return hasTimes
        ? all
        : new ImportSettings(
            ColumnMapping.parse("session=user"),
            all.actions(),
            null,
            all.isOrdered(),
            all.dwellCap(),
            all.maxLength(),
            all.filter());
  }

  private static List<Row> someRows() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      rows.add(new Row("u" + i % 7, "i" + i % 11, i * 13 % 97, i % 4 == 0 ? "buy" : "", i % 5));
    }
    return rows;
  }

  private static List<String> lines(List<Row> rows, boolean hasTimes, boolean hasDwell) {
    List<String> lines = new ArrayList<>();
    lines.add("user,item" + (hasTimes ? ",time" : "") + ",action" + (hasDwell ? ",dwell" : ""));
    for (Row row : rows) {
      String time = row.second < 0 ? "-" : Long.toString(START_SECONDS + row.second);
      String dwell = row.dwell < 0 ? "" : Integer.toString(row.dwell);
      lines.add(
          row.key
              + ","
              + row.item
              + (hasTimes ? "," + time : "")
              + ","
              + row.action
              + (hasDwell ? "," + dwell : ""));
    }
    return lines;
  }

  /// All that an import gives, or the message of its error.
  record Result(
      List<String> sessions,
      List<String> items,
      List<String> actions,
      List<Boolean> columns,
      List<ImportReport> report,
      List<String> rejected,
      String error) {}

  private static Result imported(
      List<String> lines, ImportSettings settings, EventSpill.Layout layout) {
    try {
      Path file = Files.createTempFile("log", ".csv");
      try {
        Files.write(file, lines);
        return result(file, settings, layout);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Result result(Path file, ImportSettings settings, EventSpill.Layout layout) {
    List<String> rejected = new ArrayList<>();
    try {
      Imported imported =
          LogImport.read(
              file,
              settings,
              row -> rejected.add(row.message().replace(file.toString(), "")),
              TemporaryFile.usualFolder(),
              layout);
      SessionLog log = imported.log();
      return new Result(
          SessionLogTest.describe(log),
          log.items().ids(),
          log.actions(),
          List.of(log.hasTimes(), log.hasDwell(), log.columns().hasActions()),
          List.of(imported.report()),
          rejected,
          "");
    } catch (DataException e) {
      String error = String.valueOf(e.getMessage()).replace(file.toString(), "");
      return new Result(List.of(), List.of(), List.of(), List.of(), List.of(), rejected, error);
    }
  }

  private static boolean command(String... command) throws Exception {
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
