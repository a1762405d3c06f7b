package dev.segue.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The commands after one another on the bundled sample, over real files, with a small model.
class EndToEndTest {
  @TempDir Path folder;

  @Test
  void eachCommandReadsWhatTheOneBeforeWrote() throws IOException {
    CommandRun prepared = done("prepare", "--sample", "--out", at("catalogue"));
    assertThat(prepared.out())
        .contains("Movie: ", "Music: ", "Book: ", " items written to " + at("catalogue"));

    done(
        "simulate",
        "--catalogue",
        at("catalogue"),
        "--sessions",
        "400",
        "--seed",
        "7",
        "--out",
        at("events.csv"));
    CommandRun split =
        done("split", "--sessions", at("events.csv"), "--test", "0.25", "--out", at("split"));
    assertThat(split.out())
        .containsPattern("train  300 sessions, [\\d,]+ events, starting ")
        .containsPattern("test   100 sessions, [\\d,]+ events, starting ");

    CommandRun trained =
        done(
            "train",
            "--sessions",
            at("split/train.csv"),
            "--catalogue",
            at("catalogue"),
            "--set",
            "embedding=16",
            "--set",
            "hidden=16",
            "--set",
            "epochs=2",
            "--set",
            "rate=0.01",
            "--out",
            at("model"));
    assertThat(trained.out())
        .contains("300 sessions", "embedding 16, GRU 1 × 16", "2 of at most 2");

    CommandRun measured =
        done(
            "evaluate",
            "--model",
            at("model"),
            "--sessions",
            at("split/test.csv"),
            "-k",
            "5,20",
            "--json",
            at("metrics.json"));
    assertThat(measured.err()).doesNotContain("memorisation");
    JsonNode report = new ObjectMapper().readTree(at("metrics.json").toFile());
    assertThat(report.path("recall").path("20").asDouble()).isBetween(0.001, 1.0);
    assertThat(report.path("byDomain").properties()).hasSize(3);
    assertThat(report.path("baselines").properties()).hasSizeGreaterThanOrEqualTo(3);

    CommandRun answered =
        done("recommend", "--model", at("model"), "--session", "The Matrix", "-k", "5");
    assertThat(answered.out().lines())
        .hasSize(5)
        .allMatch(line -> line.matches("\\d\\. \\[(Movie|Music|Book)\\] .+ \\(-?\\d+\\.\\d{3}\\)"));
    assertThat(answered.out()).doesNotContain("The Matrix —");
  }

  @Test
  void theMissionsSessionsHaveItsTenColumnsAndCanBeTrainedOn() throws IOException {
    done("prepare", "--sample", "--out", at("catalogue"));
    done(
        "simulate",
        "--catalogue",
        at("catalogue"),
        "--mode",
        "uniform",
        "--sessions",
        "60",
        "--out",
        at("session_events.csv"));

    assertThat(Files.readAllLines(at("session_events.csv")).getFirst())
        .isEqualTo(
            "Item_ID,Title,Genre,Description,Popularity,Creator,Timestamp,Item_Type,"
                + "Session_ID,Action_Type");
    done(
        "train",
        "--sessions",
        at("session_events.csv"),
        "--set",
        "embedding=8",
        "--set",
        "hidden=8",
        "--set",
        "epochs=1",
        "--out",
        at("model"));
  }

  @Test
  void theMissionsProtocolScoresMemoryBesideSessionsHeldOut() {
    done("prepare", "--sample", "--out", at("catalogue"));

    CommandRun run =
        done(
            "memorise",
            "--catalogue",
            at("catalogue"),
            "--sessions",
            "60",
            "--set",
            "embedding=16",
            "--set",
            "hidden=16",
            "--set",
            "epochs=1",
            "--out",
            at("model"));

    assertThat(run.out())
        .contains("sessions trained on", "sessions held out", "memory, not quality");
  }

  @Test
  void theSameSeedSimulatesTheSameSessions() throws IOException {
    done("prepare", "--sample", "--out", at("catalogue"));
    for (String name : new String[] {"a.csv", "b.csv"}) {
      done(
          "simulate",
          "--catalogue",
          at("catalogue"),
          "--sessions",
          "20",
          "--seed",
          "3",
          "--out",
          at(name));
    }

    assertThat(at("a.csv")).hasSameTextualContentAs(at("b.csv"));
  }

  private CommandRun done(Object... arguments) {
    CommandRun run = CommandRun.of(arguments);
    assertThat(run.exitCode()).as(run.err()).isZero();
    return run;
  }

  private Path at(String name) {
    return folder.resolve(name);
  }
}
