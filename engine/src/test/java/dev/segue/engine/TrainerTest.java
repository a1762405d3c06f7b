package dev.segue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.data.Item;
import dev.segue.data.SessionLog;
import dev.segue.engine.TrainingListener.Plan;
import dev.segue.engine.TrainingListener.Progress;
import dev.segue.kernels.Backend;
import dev.segue.kernels.BackendChoice;
import dev.segue.kernels.Backends;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrainerTest {
  private static final int ITEMS = 30;

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(
      value = BackendChoice.class,
      names = {"SCALAR", "AUTO"})
  void learnsWhatAlwaysFollows(BackendChoice choice) {
    Path output = folder.resolve("model");
    Settings settings =
        Settings.of(
            Map.of(
                "embedding", "16", "hidden", "24", "rate", "0.02", "epochs", "12", "batch", "16"));
    try (Backend backend = Backends.open(choice)) {
      TrainingResult result =
          new Trainer(backend)
              .train(
                  new TrainingRequest(
                      Logs.cycles(ITEMS, 400, 1), null, settings, output, false, Map.of()),
                  new TrainingListener() {});

      double last = result.epochs().get(result.bestEpoch() - 1).validationLoss();
      assertThat(last).isLessThan(0.1 * Math.log(ITEMS));
      try (TrainedModel model = TrainedModel.read(output, backend)) {
        assertThat(recallAt1(model, Logs.cycles(ITEMS, 50, 2))).isGreaterThan(0.99);
      }
    }
  }

  private static double recallAt1(TrainedModel model, SessionLog log) {
    int targets = 0;
    int hits = 0;
    for (int session = 0; session < log.sessionCount(); session++) {
      ModelState state = model.gru().start();
      for (int event = log.start(session); event + 1 < log.end(session); event++) {
        String id = log.items().id(log.item(event));
        state.add(new ModelEvent(model.items().indexOf(id), "Clicked", -1));
        int best = state.top(1, new int[0], null).items()[0][0];
        targets++;
        hits += model.items().item(best).id().equals(log.items().id(log.item(event + 1))) ? 1 : 0;
      }
    }
    return (double) hits / targets;
  }

  private static byte[] weights(Path model) throws IOException {
    return Files.readAllBytes(model.resolve("weights.safetensors"));
  }

  @ParameterizedTest
  @EnumSource(
      value = BackendChoice.class,
      names = {"SCALAR", "AUTO"})
  void sameSeedGivesTheSameBytesWhateverTheNumberOfThreads(BackendChoice choice)
      throws IOException {
    List<byte[]> models = new ArrayList<>();
    // Wide enough that every operation is cut into parts for several threads.
    Settings settings =
        Training.settings(
            "embedding", "70", "hidden", "90", "batch", "32", "dropout-hidden", "0.2");
    SessionLog log = Logs.cycles(500, 150, 1);
    for (int threads : new int[] {1, 2, 3}) {
      Path output = folder.resolve("model" + threads);
      try (Backend backend = Backends.open(choice, threads)) {
        Training.train(backend, Training.request(log, settings, output));
      }
      models.add(weights(output));
    }
    assertThat(models.get(1)).isEqualTo(models.get(0));
    assertThat(models.get(2)).isEqualTo(models.get(0));
    try (Backend backend = Backends.open(choice)) {
      Path output = folder.resolve("other");
      Training.train(backend, Training.request(log, settings.with("seed", "43"), output));
      assertThat(weights(output)).isNotEqualTo(models.get(0));
    }
  }

  @Test
  void theBestWeightsByValidationAreKept() throws IOException {
    SessionLog noise = Logs.random(12, 60, 1);
    Settings settings = Training.settings("patience", "3", "rate", "0.03", "epochs", "30");
    try (Backend backend = Backends.open(BackendChoice.SCALAR)) {
      TrainingResult result =
          Training.train(backend, Training.request(noise, settings, folder.resolve("long")));
      assertThat(result.epochs()).hasSize(result.bestEpoch() + 3);
      double best = result.epochs().get(result.bestEpoch() - 1).validationLoss();
      assertThat(result.epochs()).allMatch(epoch -> epoch.validationLoss() >= best);

      Settings untilBest = settings.with("epochs", "" + result.bestEpoch());
      Training.train(backend, Training.request(noise, untilBest, folder.resolve("short")));
      assertThat(weights(folder.resolve("long"))).isEqualTo(weights(folder.resolve("short")));
    }
  }

  @Test
  void theVocabularyComesFromTheTrainingPartAlone() throws IOException {
    SessionLog.Builder builder = SessionLog.builder();
    for (int i = 0; i < 9; i++) {
      builder.add("s" + i, "a", i, "", -1).add("s" + i, "b", i, "", -1);
    }
    builder
        .add("last", "a", 99, "", -1)
        .add("last", "b", 99, "", -1)
        .add("last", "new", 99, "", -1);
    Path output = folder.resolve("model");
    try (Backend backend = Backends.open(BackendChoice.SCALAR)) {
      Training.train(backend, Training.request(builder.build(), Training.settings(), output));
      try (TrainedModel model = TrainedModel.read(output, backend)) {
        assertThat(model.items().items()).extracting(Item::id).containsExactly("a", "b");
        assertThat(model.items().items()).extracting(Item::popularity).containsExactly(9.0, 9.0);
        assertThat(model.report().path("validationTargets").asInt()).isEqualTo(1);
        assertThat(model.report().path("validationTargetsSkipped").asInt()).isEqualTo(1);
      }
    }
  }

  @Test
  void theListenerSeesEveryTargetOfEveryEpoch() {
    SessionLog log = Logs.cycles(12, 40, 1);
    List<Plan> plans = new ArrayList<>();
    List<Progress> lastOfEpoch = new ArrayList<>();
    List<EpochResult> epochs = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          private Progress last = new Progress(0, 0, 0, 0, 0);

          @Override
          public void started(Plan plan) {
            plans.add(plan);
          }

          @Override
          public void progressed(Progress progress) {
            last = progress;
          }

          @Override
          public void epochFinished(EpochResult result) {
            lastOfEpoch.add(last);
            epochs.add(result);
          }
        };
    try (Backend backend = Backends.open(BackendChoice.SCALAR)) {
      TrainingResult result =
          new Trainer(backend)
              .train(
                  Training.request(log, Training.settings("validation", "0"), folder.resolve("m")),
                  listener);
      assertThat(epochs).isEqualTo(result.epochs()).hasSize(3);
    }
    Plan plan = plans.getFirst();
    assertThat(plan.eventsPerEpoch()).isEqualTo(log.eventCount() - log.sessionCount());
    assertThat(plan.trainSessions()).isEqualTo(40);
    assertThat(plan.items()).isEqualTo(12);
    // Embedding 12 × 5, GRU 18 × (5 + 6 + 2), output 12 × 7.
    assertThat(plan.parameters()).isEqualTo(60 + 234 + 84);
    assertThat(lastOfEpoch).extracting(Progress::events).containsOnly(plan.eventsPerEpoch());
    assertThat(epochs.getLast().trainLoss()).isLessThan(epochs.getFirst().trainLoss());
    assertThat(epochs).allMatch(epoch -> Double.isNaN(epoch.validationLoss()));
  }
}
