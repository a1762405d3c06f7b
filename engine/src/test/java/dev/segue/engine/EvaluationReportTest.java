package dev.segue.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.segue.data.Catalogue;
import dev.segue.data.Item;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationReportTest {
  private static final Catalogue ITEMS =
      Catalogue.of(List.of(Item.ofId("Movie_A"), Item.ofId("Music_B")));

  private final EvaluationReport report =
      new Evaluator(1, 10)
          .evaluate(
              new TableModel("table", ITEMS, 2, session -> new float[] {1, 2}),
              List.of(new PopularityModel("popularity", ITEMS, new int[] {2, 1})),
              EvaluatorTest.log("Movie_A Music_B", "Movie_A Movie_A Book_Z"));

  @Test
  void jsonHasTheKeysThatOthersBuildOn() throws IOException {
    JsonNode json = new ObjectMapper().readTree(report.toJson());
    assertThat(fields(json))
        .contains("predictions", "recall", "precision", "f1", "mrr", "ndcg", "coverage")
        .contains(
            "popularity", "byDomain", "crossDomain", "unknownTargets", "seconds", "baselines");
    assertThat(json.get("predictions").longValue()).isEqualTo(3);
    assertThat(json.at("/recall/1").doubleValue()).isEqualTo(1 / 3.0);
    assertThat(json.at("/recall/10").doubleValue()).isEqualTo(2 / 3.0);
    assertThat(json.at("/unknownTargets").longValue()).isEqualTo(1);
    assertThat(json.at("/knownTargets/recall/10").doubleValue()).isEqualTo(1);
    assertThat(json.at("/byDomain/Music/recall/1").doubleValue()).isEqualTo(1);
    assertThat(json.at("/crossDomain/predictions").longValue()).isEqualTo(2);
    assertThat(json.at("/baselines/popularity/recall/1").doubleValue()).isEqualTo(1 / 3.0);
    assertThat(fields(json.at("/baselines/popularity")))
        .contains("byDomain")
        .doesNotContain("baselines");
  }

  @Test
  void aGroupWithoutTargetsHasNoCutoffsInJson() throws IOException {
    EvaluationReport single =
        new Evaluator(1)
            .evaluate(
                new PopularityModel("popularity", ITEMS, new int[] {2, 1}),
                List.of(),
                EvaluatorTest.log("Movie_A Movie_A"));
    JsonNode json = new ObjectMapper().readTree(single.toJson());
    assertThat(json.at("/crossDomain/predictions").longValue()).isZero();
    assertThat(json.at("/crossDomain/recall").isEmpty()).isTrue();
  }

  @Test
  void jsonFileAppearsWhole(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("metrics.json");
    report.writeJson(file);
    assertThat(Files.readString(file)).isEqualTo(report.toJson() + "\n");
    assertThat(folder).isDirectoryContaining(path -> path.equals(file));
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void aFileThatCannotBeWrittenIsNamed(@TempDir Path folder) {
    Path file = folder.resolve("missing/metrics.json");
    assertThatThrownBy(() -> report.writeJson(file))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("missing/metrics.json: cannot write the report");
  }

  private static List<String> fields(JsonNode node) {
    List<String> fields = new ArrayList<>();
    node.fieldNames().forEachRemaining(fields::add);
    return fields;
  }
}
