package dev.segue.engine.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SearchSpaceTest {
  private static List<String> values(String dimension, String key) {
    SearchSpace space =
        SearchSpace.parse("s", "{\"search\": {\"%s\": %s}}".formatted(key, dimension));
    return IntStream.range(0, 400)
        .mapToObj(trial -> space.draw(7, trial).getOrDefault(key, "default"))
        .toList();
  }

  @Test
  void drawsDependOnSeedAndNumberAlone() {
    SearchSpace space = SearchSpace.builtIn("gru");

    assertThat(space.draw(42, 9)).isEqualTo(SearchSpace.builtIn("gru").draw(42, 9));
    assertThat(space.draw(42, 9)).isNotEqualTo(space.draw(43, 9)).isNotEqualTo(space.draw(42, 10));
  }

  @Test
  void choicesAreEquallyLikelyAndWholeNumbersReachBothEnds() {
    List<String> drawn = values("{\"from\": 3, \"to\": 6}", "hidden");

    assertThat(drawn).containsOnly("3", "4", "5", "6");
    assertThat(drawn.stream().filter("6"::equals).count()).isBetween(70L, 130L);
  }

  @Test
  void theLogarithmIsUniformWhereTheScaleSaysSo() {
    List<Double> drawn =
        values("{\"from\": 0.01, \"to\": 1.0, \"scale\": \"log\"}", "rate").stream()
            .map(Double::valueOf)
            .toList();

    assertThat(drawn).allSatisfy(rate -> assertThat(rate).isBetween(0.01, 1.0));
    assertThat(drawn.stream().filter(rate -> rate < 0.1).count()).isBetween(160L, 240L);
  }

  @Test
  void settingsWithoutMeaningAreLeftOut() {
    SearchSpace space =
        SearchSpace.parse(
            "s",
            """
            {"search": {"loss": ["cross-entropy", "bpr-max"], "bpr-reg": [0.3], "logq": [0.7],
                        "size": [12, 24], "optimiser": ["adam", "adagrad"], "momentum": [0.2]}}
            """);

    for (int trial = 0; trial < 60; trial++) {
      Map<String, String> drawn = space.draw(1, trial);
      assertThat(drawn.containsKey("bpr-reg")).isEqualTo(drawn.containsKey("loss"));
      assertThat(drawn).doesNotContainKey("logq");
      assertThat(drawn.containsKey("momentum")).isEqualTo(drawn.containsKey("optimiser"));
      assertThat(drawn.get("embedding")).isEqualTo(drawn.get("hidden")).isIn("12", "24");
    }
  }

  @Test
  void theFirstTrialsAreGivenAndVariantsComeOnTop() {
    SearchSpace space =
        SearchSpace.parse(
            "s",
            """
            {"fixed": {"batch": 16}, "start": [{"hidden": 5}],
             "variants": [{"fixed": {"optimiser": "adagrad"}, "search": {"rate": [0.1]}},
                          {"search": {"rate": [0.002]}}]}
            """);

    assertThat(space.draw(1, 0)).isEqualTo(Map.of("batch", "16", "hidden", "5"));
    for (int trial = 1; trial < 40; trial++) {
      Map<String, String> drawn = space.draw(1, trial);
      assertThat(drawn.get("rate")).isEqualTo(drawn.containsKey("optimiser") ? "0.1" : "0.002");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gru", "vstan", "stan", "vsknn", "item-knn", "sequential-rules"})
  void everyModelHasASpaceWhoseTrialsFitTogether(String model) {
    SearchSpace space = SearchSpace.builtIn(model);

    assertThat(space.model()).isEqualTo(model);
    assertThat(IntStream.range(0, 200).mapToObj(trial -> space.draw(3, trial)).distinct().count())
        .isGreaterThan(15);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{\"search\": {\"rate\": [0.1,]}} | s:1:26: not JSON: ",
        "[] | s: expected a JSON object",
        "{} | s: nothing to try, expected search, start or variants",
        "{\"serach\": {}} | s: the space: expected model, fixed, start, search, variants, got"
            + " \"serach\"",
        "{\"search\": {\"rat\": [1]}} | s: search.rat: set: unknown key \"rat\", did you mean"
            + " \"rate\"?",
        "{\"search\": {\"rate\": [0]}} | s: search.rate: set: rate: expected a number above 0",
        "{\"search\": {\"rate\": []}} | s: search.rate: expected at least one value, got []",
        "{\"search\": {\"rate\": 0.1}} | s: search.rate: expected an array of values or an object"
            + " with from and to, got 0.1",
        "{\"search\": {\"rate\": {\"from\": 1}}} | s: search.rate: expected numbers from and to"
            + " with from <= to, got 1 to nothing",
        "{\"search\": {\"rate\": {\"from\": 1, \"to\": 2, \"scale\": \"x\"}}} | s: search.rate:"
            + " scale, expected linear or log, got x",
        "{\"search\": {\"rate\": {\"from\": 1, \"to\": 2, \"by\": 1}}} | s: search.rate: expected"
            + " from, to and scale, got \"by\"",
        "{\"search\": {\"alpha\": {\"from\": 0, \"to\": 2, \"scale\": \"log\"}}} | s: search.alpha:"
            + " expected from above 0 with scale log, got 0",
        "{\"search\": {\"epochs\": [3]}} | s: search.epochs: expected no epochs here, it is set by"
            + " --epochs",
        "{\"fixed\": {\"rate\": [3]}} | s: fixed.rate: expected one value, got [3]",
        "{\"model\": \"gnn\", \"search\": {}} | neighbours: unknown model, expected one of",
        "{\"model\": \"vstan\", \"search\": {\"rate\": [1]}} | s: search.rate: set: unknown key"
            + " \"rate\"",
        "{\"variants\": [3]} | s: variants: expected an object, got 3",
      })
  void aMistakeIsNamedWithItsPlaceInOneLine(String json, String message) {
    assertThatThrownBy(() -> SearchSpace.parse("s", json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message)
        .message()
        .doesNotContain("\n");
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatThrownBy(() -> SearchSpace.read(Path.of("nowhere.json")))
        .hasMessage("nowhere.json: nowhere.json does not exist");
  }

  @Test
  void sizesThatDoNotFitATiedTableAreRefusedWithTheTrial() {
    SearchSpace space =
        SearchSpace.parse("s", "{\"fixed\": {\"tied\": true}, \"search\": {\"hidden\": [7]}}");

    assertThatThrownBy(() -> space.draw(1, 0))
        .hasMessageStartingWith(
            "s: trial 0 cannot be trained: set: tied: needs embedding = hidden");
  }
}
