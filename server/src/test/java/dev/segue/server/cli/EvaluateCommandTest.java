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
  void aCutOffBelowOneIsAMistake() {
    CommandRun run = CommandRun.of("evaluate", "--model", model, "--sessions", unseen, "-k", "0,5");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.errorLines()).hasSize(1);
  }
}
