package dev.segue.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TuneCommandTest {
  @TempDir Path folder;

  private Path space() throws IOException {
    return Files.writeString(
        folder.resolve("space.json"),
        "{\"fixed\": {\"size\": 4}, \"search\": {\"rate\": [0.01, 0.02, 0.05]}}");
  }

  private CommandRun tune(String... more) throws IOException {
    List<Object> arguments =
        new ArrayList<>(
            List.of(
                "tune",
                "--sessions",
                SmallShop.sessions(folder, 60),
                "--space",
                space(),
                "--trials",
                "4",
                "--epochs",
                "2",
                "--keep",
                "2",
                "--out",
                folder.resolve("best.json")));
    arguments.addAll(List.of(more));
    return CommandRun.of(arguments.toArray());
  }

  @Test
  void whatItFindsIsTrained() throws IOException {
    CommandRun tuned = tune();

    assertThat(tuned.exitCode()).as(tuned.err()).isZero();
    assertThat(tuned.out().lines())
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .matches(
                        "best      trial \\d of 4 after epoch [12]: Recall@20 \\S+, MRR@20 \\S+ on"
                            + " the last sessions by time"),
            line -> assertThat(line).matches("settings  embedding=4 hidden=4 rate=0.0[125]"),
            line -> assertThat(line).endsWith("best.json.trials.jsonl"),
            line -> assertThat(line).isEqualTo("written   " + folder.resolve("best.json")),
            line -> assertThat(line).startsWith("Train it with: segue train --sessions "));
    assertThat(tuned.err()).contains("Round 1 of 2: 4 trials of 1 epoch\n").doesNotContain("\r");
    assertThat(Files.readAllLines(folder.resolve("best.json.trials.jsonl"))).hasSize(1 + 4 + 2);
    assertThat(folder.resolve("best.json.work")).doesNotExist();

    Path model = folder.resolve("model");
    CommandRun trained =
        CommandRun.of(
            "train",
            "--sessions",
            folder.resolve("sessions.csv"),
            "--settings",
            folder.resolve("best.json"),
            "--set",
            "epochs=1",
            "--out",
            model);
    assertThat(trained.exitCode()).as(trained.err()).isZero();
    assertThat(trained.out()).contains("embedding 4, GRU 1 × 4", "1 of at most 1");
  }

  @Test
  void aSearchThatWasStoppedGoesOn() throws IOException {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Path out = folder.resolve("best.json");
    String[] command = {
      "tune",
      "--sessions",
      SmallShop.sessions(folder, 60).toString(),
      "--space",
      space().toString(),
      "--trials",
      "4",
      "--epochs",
      "2",
      "--keep",
      "2",
      "--out",
      out.toString()
    };
    int exitCode;
    try (Interrupts interrupts = new Interrupts()) {
      interrupts.request();
      Terminal terminal = new Terminal(new ByteArrayOutputStream(), err, false);
      exitCode = SegueCommand.run(terminal, interrupts, command);
    }

    assertThat(exitCode).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8).lines().toList().getLast())
        .startsWith("Stopped. Go on with: segue tune --sessions ")
        .endsWith(" --resume");
    assertThat(out).doesNotExist();

    CommandRun fresh = tune();
    assertThat(fresh.exitCode()).isEqualTo(2);
    assertThat(fresh.errorLines())
        .singleElement()
        .asString()
        .contains("holds trials already: --resume goes on with them");

    CommandRun resumed = tune("--resume");
    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    assertThat(out).exists();
  }

  @Test
  void aSettingsFileNamesTheModel() throws IOException {
    Path settings =
        Files.writeString(
            folder.resolve("vstan.json"), "{\"model\": \"vstan\", \"settings\": {\"k\": 7}}");
    Path sessions = SmallShop.sessions(folder, 60);
    Path model = folder.resolve("model");

    CommandRun run =
        CommandRun.of("train", "--sessions", sessions, "--settings", settings, "--out", model);
    CommandRun other =
        CommandRun.of(
            "train",
            "--model",
            "stan",
            "--sessions",
            sessions,
            "--settings",
            settings,
            "--out",
            model);

    assertThat(run.out()).contains("model     vstan, k 7,");
    assertThat(other.exitCode()).isEqualTo(2);
    assertThat(other.errorLines())
        .containsExactly(
            "segue train: --model: %s has settings of vstan, got \"stan\"".formatted(settings));
  }

  @Test
  void mistakesAreOneLine() throws IOException {
    Path sessions = SmallShop.sessions(folder, 60);
    Path out = folder.resolve("best.json");
    Path bad = Files.writeString(folder.resolve("bad.json"), "{\"search\": {\"rate\": [-1]}}");

    assertThat(mistake("--sessions", sessions, "--space", bad, "--out", out))
        .isEqualTo(
            "segue tune: %s: search.rate: set: rate: expected a number above 0.0, got \"-1\""
                .formatted(bad));
    assertThat(mistake("--sessions", sessions, "--objective", "best", "--out", out))
        .isEqualTo("segue tune: --objective: expected recall, mrr or both, got \"best\"");
    assertThat(mistake("--sessions", sessions, "--trials", "0", "--out", out))
        .isEqualTo("segue tune: trials, expected at least 1, got 0");
    assertThat(mistake("--sessions", sessions, "--model", "gnn", "--out", out))
        .startsWith("segue tune: neighbours: unknown model, expected one of");
    assertThat(mistake("--sessions", sessions, "--resume", "--out", out))
        .isEqualTo("segue tune: --resume: there are no trials at " + out + ".trials.jsonl");
    assertThat(mistake("--sessions", folder.resolve("none.csv"), "--out", out))
        .contains("none.csv")
        .contains("no such file");
  }

  private static String mistake(Object... arguments) {
    Object[] all = new Object[arguments.length + 1];
    all[0] = "tune";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    CommandRun run = CommandRun.of(all);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.errorLines()).hasSize(1);
    return run.errorLines().getFirst();
  }
}
