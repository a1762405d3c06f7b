package dev.segue.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateCommandTest {
  @TempDir static Path folder;
  private static Path model = Path.of("");
  private static Path unseen = Path.of("");

  @BeforeAll
  static void train() throws IOException {
    model = SmallShop.model(folder);
    unseen =
        Files.writeString(
            folder.resolve("unseen.csv"),
            "session,item,time\nx,Movie_Heat,1\nx,Movie_Ronin,2\nx,Music_4ux,3\n");
  }

  @Test
  void printsATableWithBaselinesAndWritesTheSameAsJson() throws IOException {
    Path json = folder.resolve("deep/metrics.json");

    CommandRun run =
        CommandRun.of(
            "evaluate", "--model", model, "--sessions", unseen, "-k", "1,5", "--json", json);

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .startsWith(unseen + ": 2 predictions in 1 sessions")
        .containsPattern("(?m)^model +Recall@1 +Recall@5 +MRR@5 +NDCG@5 +coverage@5 +predictions$")
        .containsPattern("(?m)^gru +[01]\\.\\d{4}")
        .containsPattern("(?m)^popularity +[01]\\.\\d{4}")
        .containsPattern("(?m)^markov +[01]\\.\\d{4}")
        .containsPattern("(?m)^content +[01]\\.\\d{4}");
    assertThat(run.err()).isEqualTo("Wrote " + json + ".\n");
    JsonNode report = new ObjectMapper().readTree(json.toFile());
    assertThat(report.properties())
        .extracting(java.util.Map.Entry::getKey)
        .contains(
            "predictions",
            "recall",
            "precision",
            "f1",
            "mrr",
            "ndcg",
            "coverage",
            "popularity",
            "byDomain",
            "crossDomain",
            "unknownTargets",
            "seconds",
            "baselines");
    assertThat(report.path("recall").path("5").isNumber()).isTrue();
    assertThat(report.path("predictions").asInt()).isEqualTo(2);
  }

  @Test
  void warnsWhenTheModelWasTrainedOnTheseSessions() {
    List<String> said =
        CommandRun.of("evaluate", "--model", model, "--sessions", folder.resolve("sessions.csv"))
            .errorLines();

    assertThat(said)
        .containsExactly(
            "warning: these sessions were trained on: this shows memorisation, not quality");
    assertThat(CommandRun.of("evaluate", "--model", model, "--sessions", unseen).err()).isEmpty();
  }

  @Test
  void intervalsStandBelowTheTableAndInTheJson() throws IOException {
    Path json = folder.resolve("intervals.json");

    CommandRun run =
        CommandRun.of(
            "evaluate",
            "--model",
            model,
            "--sessions",
            folder.resolve("sessions.csv"),
            "--json",
            json,
            "--resamples",
            "50",
            "-k",
            "1,5");

    assertThat(run.out())
        .contains(
            "95 % intervals over 50 draws of the sessions; differences to gru are paired,"
                + " * where 0 lies outside.")
        .containsPattern("(?m)^model +Recall@5 +less gru +MRR@5 +less gru$")
        .containsPattern("(?m)^gru +[01]\\.\\d{4} to [01]\\.\\d{4} +[01]\\.\\d{4} to")
        .containsPattern(
            "(?m)^popularity +\\S+ to \\S+ +[+-]\\d\\.\\d{4} \\([+-]\\d\\.\\d{4} to [+-]\\S+\\)")
        .containsPattern("(?m)^markov, domain changes +\\S+ to");
    JsonNode report = new ObjectMapper().readTree(json.toFile());
    assertThat(report.at("/bootstrap/resamples").asInt()).isEqualTo(50);
    double recall = report.at("/recall/5").doubleValue();
    assertThat(report.at("/intervals/recall/5/value").doubleValue()).isEqualTo(recall);
    assertThat(report.at("/intervals/recall/5/low").doubleValue()).isLessThanOrEqualTo(recall);
    double popularity = report.at("/baselines/popularity/recall/5").doubleValue();
    assertThat(report.at("/baselines/popularity/difference/recall/5/value").doubleValue())
        .isEqualTo(popularity - recall);
    assertThat(report.at("/byPosition/1/predictions").asInt()).isEqualTo(60);
    assertThat(report.at("/byTransition/Music → Book/predictions").asInt()).isEqualTo(20);
  }

  @Test
  void zeroResamplesMeanNoIntervals() {
    CommandRun run =
        CommandRun.of("evaluate", "--model", model, "--sessions", unseen, "--resamples", "0");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).doesNotContain("intervals");
    assertThat(
            CommandRun.of("evaluate", "--model", model, "--sessions", unseen, "--resamples", "-1")
                .errorLines())
        .containsExactly("segue evaluate: resamples, expected 0 or more, got -1");
  }

  @Test
  void severalModelsAreComparedWithTheFirst() throws IOException {
    Path vstan = neighbours("vstan", folder.resolve("sessions.csv"));
    Path tuned = neighbours("tuned", folder.resolve("sessions.csv"));

    CommandRun run =
        CommandRun.of(
            "evaluate", "--model", model, "--model", vstan, "--model", tuned, "--sessions", unseen);

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .as("a directory of the name of a baseline is told apart from it")
        .containsPattern("(?m)^model +[01]\\.")
        .containsPattern("(?m)^model vstan +[01]\\.")
        .containsPattern("(?m)^tuned +[01]\\.")
        .containsPattern("(?m)^vstan +[01]\\.")
        .containsPattern("(?m)^tuned +\\S+ to \\S+ +[+-]\\d");
    assertThat(run.err()).as("all rank the same items").isEmpty();
  }

  @Test
  void diversityIsARowOfItsOwnBesideTheModel() throws IOException {
    Path json = folder.resolve("diverse.json");
    CommandRun run =
        CommandRun.of(
            "evaluate",
            "--model",
            model,
            "--sessions",
            unseen,
            "--diversity",
            "0.3",
            "--json",
            json,
            "-k",
            "3");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .containsPattern("(?m)^model .*coverage@3 +diversity@3 +predictions$")
        .containsPattern("(?m)^gru, diversity 0\\.3 +[01]\\.\\d{4}")
        .containsPattern("(?m)^gru, diversity 0\\.3 +\\S+ to \\S+ +[+-]");
    JsonNode report = new ObjectMapper().readTree(json.toFile());
    double own = report.path("listDiversity").doubleValue();
    assertThat(own).isBetween(0.0, 1.0);
    assertThat(report.at("/baselines/gru, diversity 0.3/listDiversity").doubleValue())
        .isGreaterThanOrEqualTo(own);
    assertThat(report.at("/baselines/popularity/listDiversity").isNumber()).isTrue();
  }

  @Test
  void aModelOfOtherItemsIsSaidToBe() throws IOException {
    Path few =
        Files.writeString(
            folder.resolve("few.csv"), "session,item,time\nx,Movie_Heat,1\nx,Movie_Ronin,2\n");
    Path small = neighbours("small", few);

    CommandRun run =
        CommandRun.of("evaluate", "--model", model, "--model", small, "--sessions", unseen);

    assertThat(run.errorLines())
        .containsExactly(
            "warning: small ranks other items than model: 5 of its 7 are missing, 0 are more;"
                + " targets it does not know are misses, and fewer items are easier to rank");
  }

  @Test
  void theSameModelTwiceIsAMistake() {
    assertThat(
            CommandRun.of("evaluate", "--model", model, "--model", model, "--sessions", unseen)
                .errorLines())
        .containsExactly("segue evaluate: --model: " + model + " is given twice");
  }

  private static Path neighbours(String name, Path sessions) {
    Path out = folder.resolve(name);
    CommandRun run =
        CommandRun.of(
            "train",
            "--model",
            "vstan",
            "--sessions",
            sessions,
            "--catalogue",
            folder.resolve("catalogue"),
            "--out",
            out);
    assertThat(run.exitCode()).as(run.err()).isZero();
    return out;
  }

  @Test
  void aCutOffBelowOneIsAMistake() {
    CommandRun run = CommandRun.of("evaluate", "--model", model, "--sessions", unseen, "-k", "0,5");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.errorLines()).hasSize(1);
  }
}
