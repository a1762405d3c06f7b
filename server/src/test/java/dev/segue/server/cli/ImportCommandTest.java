package dev.segue.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportCommandTest {
  @TempDir Path folder;

  @Test
  void rawEventsBecomeSessionsWithAReport() throws IOException {
    Path input =
        Files.writeString(
            folder.resolve("raw.csv"),
            """
            visitor,sku,ts,event
            ann,Movie_Heat,2024-05-01T10:00:00Z,view
            ann,Movie_Ronin,2024-05-01T10:05:00Z,view
            ann,Movie_Ronin,2024-05-01T10:05:00Z,view
            ann,Movie_New,2024-05-01T12:00:00Z,buy
            ann,Movie_Heat,2024-05-01T12:01:00Z,shown
            ann,,2024-05-01T12:02:00Z,view
            """);
    Path out = folder.resolve("events.csv");
    Path quarantine = folder.resolve("bad.csv");

    CommandRun run =
        CommandRun.of(
            "import",
            "--input",
            input,
            "--columns",
            "user=visitor,item=sku,time=ts",
            "--actions",
            "view=Clicked,shown=",
            "--gap",
            "30m",
            "--min-support",
            "1",
            "--min-length",
            "1",
            "--quarantine",
            quarantine,
            "--catalogue",
            SmallShop.catalogue(folder),
            "--out",
            out);

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .isEqualTo(
            """
                                                   events  items  sessions
            rows read                                   6
            removed: sku: is empty                     -1
            removed: actions left out                  -1
            removed: exact duplicates of an event      -1
            kept                                        3      3         2
            sessions before filtering: 2
            items that the catalogue lacks: 1
            their events: 1
            written to %1$s, the report to %1$s.report.json
            """
                .formatted(out));
    assertThat(out)
        .hasContent(
            """
            SessionId,ItemId,Time,Action,DwellMillis
            ann-1,Movie_Heat,2024-05-01T10:00:00Z,Clicked,300000
            ann-1,Movie_Ronin,2024-05-01T10:05:00Z,Clicked,
            ann-2,Movie_New,2024-05-01T12:00:00Z,buy,
            """);
    assertThat(folder.resolve("events.csv.report.json"))
        .content()
        .contains("\"items that the catalogue lacks\": 1")
        .contains("\"kept\": {\"events\": 3, \"items\": 3, \"sessions\": 2}");
    assertThat(quarantine)
        .content()
        .contains(",7,sku,is empty,,\"ann,,2024-05-01T12:02:00Z,view\"");
    assertThat(run.err())
        .isEqualTo(
            "1 of 6 rows cannot be used and are kept in %s; the first: %s:7: sku: is empty: \"\"\n"
                .formatted(quarantine, input));
  }

  @Test
  void packedJsonLinesAreImportedAndTheResultReadsBack() throws IOException {
    Path input = folder.resolve("raw.jsonl.gz");
    try (OutputStream gzip = new GZIPOutputStream(Files.newOutputStream(input))) {
      for (int i = 0; i < 30; i++) {
        String line =
            "{\"user\": \"u%d\", \"item\": \"i%d\", \"time\": %d}\n"
                .formatted(i % 3, i % 2, 1_700_000_000L + i);
        gzip.write(line.getBytes(StandardCharsets.UTF_8));
      }
    }
    Path out = folder.resolve("events.jsonl.zst");

    CommandRun imported = CommandRun.of("import", "--input", input, "--out", out);
    CommandRun split =
        CommandRun.of("split", "--sessions", out, "--test", "0.4", "--out", folder.resolve("s"));

    assertThat(imported.exitCode()).as(imported.err()).isZero();
    assertThat(split.out()).contains("train  2 sessions, 20 events", "test   1 sessions");
  }

  @Test
  void nothingLeftIsAMistakeThatShowsWhereItWentAndWritesNothing() throws IOException {
    Path input = Files.writeString(folder.resolve("raw.csv"), "session,item\ns,a\ns,b\n");
    Path out = folder.resolve("events.csv");

    CommandRun run = CommandRun.of("import", "--input", input, "--out", out);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).contains("removed: round 1: items with fewer events than 5");
    assertThat(run.err()).startsWith("segue import: nothing is left, expected events");
    assertThat(out).doesNotExist();
  }

  @Test
  void aNameThatNothingIsWrittenUnderIsRefusedBeforeTheWork() throws IOException {
    Path input = Files.writeString(folder.resolve("raw.csv"), "session,item\ns,a\ns,b\n");

    CommandRun run =
        CommandRun.of("import", "--input", input, "--out", folder.resolve("out.parquet.gz"));

    assertThat(run.exitCode()).isNotZero();
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("out.parquet.gz: Parquet is packed inside, expected a name");
    assertThat(run.err().lines()).hasSize(1);
  }

  @Test
  void mostRowsLostIsAWarning() throws IOException {
    Path input =
        Files.writeString(folder.resolve("raw.csv"), "session,item\ns,a\ns,b\n,a\n,b\n,c\n");

    CommandRun run =
        CommandRun.of(
            "import", "--input", input, "--min-support", "1", "--out", folder.resolve("out.csv"));

    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).startsWith("warning: most rows are lost, look at the columns: 3 of 5");
  }

  @Test
  void mistakesAreOneLine() throws IOException {
    Path input = Files.writeString(folder.resolve("raw.csv"), "session,item\ns,a\ns,b\n");

    refused("invalid value for option '--gap'", input, "--gap", "soon");
    refused("--actions: expected OLD=NEW pairs", input, "--actions", "view");
    refused("columns: unknown key", input, "--columns", "price=p");
    refused("filter: expected a support", input, "--min-support", "0");
    refused(input + ": time: no such column", input, "--gap", "1h");
    refused("none.csv: no such file", folder.resolve("none.csv"), "--ordered", "--drop-repeats");
    refused("expected a duration such as 90s", input, "--dwell-cap", "99999999d");
    refused("expected different files, got " + input, input, "--quarantine", input.toString());
    CommandRun parquet =
        CommandRun.of(
            "import",
            "--input",
            input,
            "--min-support",
            "1",
            "--out",
            folder.resolve("e.parquet.gz"));
    assertThat(parquet.errorLines())
        .singleElement()
        .asString()
        .endsWith("Parquet is packed inside, expected a name that ends with .parquet");
  }

  private void refused(String reason, Path input, String... options) {
    Path out = folder.resolve("events.csv");
    Object[] arguments = new Object[options.length + 5];
    Object[] start = {"import", "--input", input, "--out", out};
    System.arraycopy(start, 0, arguments, 0, start.length);
    System.arraycopy(options, 0, arguments, start.length, options.length);
    CommandRun run = CommandRun.of(arguments);
    assertThat(run.errorLines()).singleElement().asString().contains(reason);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(out).doesNotExist();
  }
}
