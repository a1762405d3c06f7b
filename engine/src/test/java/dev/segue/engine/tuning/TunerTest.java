package dev.segue.engine.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.data.SessionLog;
import dev.segue.engine.EpochResult;
import dev.segue.engine.ModelException;
import dev.segue.engine.Settings;
import dev.segue.engine.Trainer;
import dev.segue.engine.TrainingListener;
import dev.segue.engine.TrainingRequest;
import dev.segue.engine.random.SeededRandom;
import dev.segue.kernels.Backend;
import dev.segue.kernels.BackendChoice;
import dev.segue.kernels.Backends;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TunerTest {
  private static final SessionLog LOG = cycles();

  private static final String SPACE =
      """
      {"fixed": {"batch": 8, "tied": true},
       "start": [{"size": 6, "rate": 0.0001}],
       "search": {"size": [6, 8], "rate": {"from": 0.003, "to": 0.03, "scale": "log"},
                  "loss": ["cross-entropy", "bpr-max"], "alpha": [0.1, 0.9]}}
      """;

  @TempDir Path folder;
  private final Backend backend = Backends.open(BackendChoice.SCALAR);

  @AfterEach
  void closeBackend() {
    backend.close();
  }

  /// Walks round a circle of 40 items: the next item follows from the one before.
  private static SessionLog cycles() {
    SeededRandom random = new SeededRandom(5, 0);
    SessionLog.Builder builder = SessionLog.builder();
    for (int session = 0; session < 120; session++) {
      int item = random.nextInt(40);
      for (int i = 0; i < 4; i++) {
        builder.add("s" + session, "i" + item, session * 1000L + i, "", -1);
        item = (item + 1) % 40;
      }
    }
    return builder.build();
  }

  private TuningRequest request(String name, String space) {
    return new TuningRequest(
        LOG,
        SearchSpace.parse("space", space),
        Objective.BOTH,
        6,
        4,
        2,
        42,
        folder.resolve(name + ".jsonl"),
        folder.resolve(name + ".work"));
  }

  private Trial best(TuningRequest request) {
    Trial best = new Tuner(backend).tune(request, new TuningListener() {}).best();
    if (best == null) {
      throw new AssertionError("the search was interrupted");
    }
    return best;
  }

  private static List<Trial> trials(TuningRequest request) {
    List<Trial> seen = new ArrayList<>();
    TuningListener listener =
        new TuningListener() {
          @Override
          public void trialFinished(Trial trial, boolean isBest, boolean known) {
            assertThat(known).isTrue();
            seen.add(trial);
          }
        };
    try (Backend other = Backends.open(BackendChoice.SCALAR)) {
      new Tuner(other).tune(request, listener);
    }
    return seen;
  }

  private static String withoutSeconds(Trial trial) {
    return trial.toJson().without("seconds").toString();
  }

  @Test
  void eachRoundKeepsTheBetterTrialsAndGivesThemMore() {
    TuningRequest request = request("a", SPACE);

    Trial best = best(request);

    List<Trial> all = trials(request);
    assertThat(all).extracting(Trial::round).containsExactly(0, 0, 0, 0, 0, 0, 1, 1, 1, 2, 2);
    assertThat(all).extracting(Trial::epochs).containsExactly(1, 1, 1, 1, 1, 1, 2, 2, 2, 4, 4);
    List<Integer> second =
        all.stream()
            .filter(trial -> trial.round() == 0)
            .sorted(Comparator.comparingDouble(Trial::measure).reversed())
            .limit(3)
            .map(Trial::number)
            .toList();
    assertThat(all.subList(6, 9)).extracting(Trial::number).containsExactlyElementsOf(second);
    assertThat(best.measure())
        .isEqualTo(all.subList(9, 11).stream().mapToDouble(Trial::measure).max().orElseThrow());
    assertThat(best.measure()).isEqualTo((best.recall() + best.mrr()) / 2);
    assertThat(folder.resolve("a.work")).doesNotExist();
  }

  @Test
  void aTrialThatGetsMoreEpochsIsTheRunThatItWouldHaveBeen() {
    Trial best = best(request("a", SPACE));

    List<EpochResult> epochs = new ArrayList<>();
    Settings settings = Settings.of(best.settings()).with("epochs", "4").with("select", "both");
    new Trainer(backend)
        .train(
            new TrainingRequest(LOG, null, settings, folder.resolve("m"), false, Map.of()),
            new TrainingListener() {
              @Override
              public void epochFinished(EpochResult result) {
                epochs.add(result);
              }
            });

    assertThat(epochs.get(best.bestEpoch() - 1).recall()).isEqualTo(best.recall());
    assertThat(epochs.get(best.bestEpoch() - 1).mrr()).isEqualTo(best.mrr());
  }

  @Test
  void anInterruptedSearchEndsLikeAStraightOne() {
    TuningRequest straight = request("straight", SPACE);
    best(straight);
    TuningRequest broken = request("broken", SPACE);

    int interruptions = 0;
    @Nullable Trial best = null;
    while (best == null) {
      best = new Tuner(backend).tune(broken, new StoppingAfter(23)).best();
      interruptions += best == null ? 1 : 0;
    }

    assertThat(interruptions).isGreaterThan(3);
    assertThat(trials(broken).stream().map(TunerTest::withoutSeconds))
        .containsExactlyElementsOf(
            trials(straight).stream().map(TunerTest::withoutSeconds).toList());
  }

  @Test
  void aTornLastLineIsDoneAnew() throws IOException {
    TuningRequest request = request("a", SPACE);
    best(request);
    List<String> lines = Files.readAllLines(request.log());
    Files.writeString(request.log(), lines.getLast().substring(0, 30), StandardOpenOption.APPEND);
    List<String> torn = new ArrayList<>(lines.subList(0, lines.size() - 1));
    Files.writeString(
        request.log(), String.join("\n", torn) + "\n" + lines.getLast().substring(0, 30));

    Trial again = best(request);

    List<String> after = Files.readAllLines(request.log());
    assertThat(after.subList(0, torn.size())).isEqualTo(torn);
    assertThat(after).hasSameSizeAs(lines);
    assertThat(withoutSeconds(again)).isEqualTo(withoutSeconds(trials(request).get(9)));
  }

  @Test
  void aDamagedLineIsNamed() throws IOException {
    TuningRequest request = request("a", SPACE);
    best(request);
    List<String> lines = new ArrayList<>(Files.readAllLines(request.log()));
    lines.set(2, "{\"trial\": 1, ");
    Files.write(request.log(), lines);

    assertThatThrownBy(() -> best(request))
        .isInstanceOf(ModelException.class)
        .hasMessage("tune: %s:3: not JSON".formatted(request.log()));
  }

  @Test
  void trialsOfAnotherSearchAreRefused() {
    best(request("a", SPACE));

    assertThatThrownBy(() -> best(request("a", SPACE.replace("0.9", "0.8"))))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith(
            "tune: " + folder.resolve("a.jsonl") + " belongs to another search: space was");
  }

  @Test
  void aTrialThatCannotBeTrainedIsNotedAndNeverChosen() {
    TuningRequest request =
        request("a", "{\"start\": [{\"rate\": 1e38, \"size\": 4}], \"search\": {\"size\": [6]}}");

    Trial best = best(request);

    assertThat(best.number()).isNotZero();
    Trial failed = trials(request).getFirst();
    assertThat(failed.failure()).contains("learning rate 1.0E38 may be too high");
  }

  @Test
  void aSearchInWhichNothingTrainsSaysWhy() {
    TuningRequest request =
        request("a", "{\"fixed\": {\"rate\": 1e38}, \"search\": {\"size\": [6]}}");

    assertThatThrownBy(() -> best(request))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("tune: no trial could be trained; the first: training: ")
        .hasMessageContaining("may be too high");
  }

  @Test
  void neighbourhoodModelsAreMeasuredOnMoreSessionsEachRound() {
    TuningRequest request =
        request("a", "{\"model\": \"vstan\", \"search\": {\"k\": {\"from\": 1, \"to\": 50}}}");

    Trial best = best(request);

    assertThat(trials(request))
        .extracting(Trial::sessions)
        .containsExactly(3, 3, 3, 3, 3, 3, 6, 6, 6, 12, 12);
    assertThat(best.sessions()).isEqualTo(12);
    assertThat(best.recall()).isGreaterThan(0.9);
  }

  /// Asks to stop after some batches.
  private static final class StoppingAfter implements TuningListener {
    private int left;

    StoppingAfter(int batches) {
      left = batches;
    }

    @Override
    public void progressed(int number, Map<String, String> settings, double done) {
      assertThat(done).isBetween(0.0, 1.0);
      left--;
    }

    @Override
    public boolean stopRequested() {
      return left <= 0;
    }
  }
}
