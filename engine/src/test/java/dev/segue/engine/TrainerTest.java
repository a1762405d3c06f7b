package dev.segue.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.segue.data.Item;
import dev.segue.data.SessionLog;
import dev.segue.data.TimeSplit;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

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

  @ParameterizedTest
  @ValueSource(strings = {"sampled-softmax", "bpr-max"})
  void sampledTrainingGivesTheSameBytesWhateverTheNumberOfThreads(String loss) throws IOException {
    Settings settings =
        Training.settings("loss", loss, "embedding", "90", "hidden", "90", "negatives", "300");
    SessionLog log = Logs.cycles(500, 150, 1);
    List<byte[]> models = new ArrayList<>();
    for (int threads : new int[] {1, 2, 3}) {
      Path output = folder.resolve("model" + threads);
      try (Backend backend = Backends.open(BackendChoice.AUTO, threads)) {
        Training.train(backend, Training.request(log, settings, output));
      }
      models.add(weights(output));
    }
    assertThat(models.get(1)).isEqualTo(models.get(0));
    assertThat(models.get(2)).isEqualTo(models.get(0));
  }

  /// Sessions walk round a circle: the next item is certain, and every loss must find it.
  @ParameterizedTest
  @CsvSource({
    "sampled-softmax, adam, 0.01, 0",
    "sampled-softmax, adagrad, 0.2, 0.2",
    "bpr-max, adam, 0.01, 0",
    "bpr-max, adagrad, 0.2, 0",
    "cross-entropy, adagrad, 0.2, 0.2"
  })
  void everyLossAndOptimiserLearnsACircle(
      String loss, String optimiser, String rate, String momentum) throws IOException {
    Settings settings =
        Training.settings(
            "loss",
            loss,
            "optimiser",
            optimiser,
            "rate",
            rate,
            "momentum",
            momentum,
            "hidden",
            "20",
            "embedding",
            "20",
            "tied",
            "true",
            "epochs",
            "40",
            "patience",
            "40");
    Settings sampled = loss.equals("cross-entropy") ? settings : settings.with("negatives", "10");
    SessionLog log = Logs.cycles(20, 200, 1);
    try (Backend backend = Backends.open(BackendChoice.AUTO)) {
      Training.train(backend, Training.request(log, sampled, folder.resolve("model")));
      try (TrainedModel model = TrainedModel.read(folder.resolve("model"), backend)) {
        assertThat(recallAt1(model, Logs.cycles(20, 50, 2))).isGreaterThan(0.95);
      }
    }
  }

  /// Whatever is trained, the validation loss is that of the softmax over all items: guessing among
  /// V items costs log V, and not the log of the number of columns.
  @Test
  void theValidationLossIsOverAllItems() {
    SessionLog noise = Logs.random(400, 300, 1);
    Settings settings =
        Training.settings(
            "loss", "sampled-softmax", "negatives", "5", "rate", "1e-9", "epochs", "1");
    try (Backend backend = Backends.open(BackendChoice.AUTO)) {
      TrainingResult result =
          Training.train(backend, Training.request(noise, settings, folder.resolve("a")));
      EpochResult epoch = result.epochs().getFirst();
      assertThat(epoch.validationLoss()).isCloseTo(Math.log(400), within(0.5));
      assertThat(epoch.trainLoss()).isLessThan(epoch.validationLoss() - 0.5);

      Settings byRank = settings.with("loss", "bpr-max");
      result = Training.train(backend, Training.request(noise, byRank, folder.resolve("b")));
      assertThat(result.epochs().getFirst().validationLoss()).as("1-MRR@20").isBetween(0.9, 1.0);
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

  @Test
  void validationRanksAsAnEvaluationDoes() {
    SessionLog log = Logs.cycles(ITEMS, 80, 3);
    Path output = folder.resolve("model");
    Settings settings = Training.settings("select", "both", "epochs", "2", "rate", "0.03");
    try (Backend backend = Backends.open(BackendChoice.AUTO)) {
      TrainingResult result = Training.train(backend, Training.request(log, settings, output));
      EpochResult best = result.epochs().get(result.bestEpoch() - 1);

      assertThat(best.validationLoss()).isEqualTo(1 - (best.recall() + best.mrr()) / 2);
      try (TrainedModel model = TrainedModel.read(output, backend)) {
        SessionLog validation = TimeSplit.byShare(log, settings.validation(), 0).validation();
        EvaluationReport report = new Evaluator(20).evaluate(model.gru(), List.of(), validation);
        assertThat(report.recall().get(20)).isCloseTo(best.recall(), within(1e-9));
        assertThat(report.mrr().get(20)).isCloseTo(best.mrr(), within(1e-9));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"packed", "session-parallel"})
  void inTheOrderOfTimeWhatCameLastIsTrainedLast(String batching) {
    // What follows item a changes in the middle of the log: one epoch in order ends with the later.
    SessionLog.Builder builder = SessionLog.builder();
    for (int session = 0; session < 400; session++) {
      builder.add("s" + session, "a", session * 10L, "", -1);
      builder.add("s" + session, session < 200 ? "early" : "late", session * 10L + 1, "", -1);
    }
    Settings settings =
        Training.settings(
            "epochs",
            "1",
            "validation",
            "0",
            "rate",
            "0.05",
            "order",
            "time",
            "batching",
            batching);
    Path output = folder.resolve("model");
    try (Backend backend = Backends.open(BackendChoice.AUTO)) {
      Training.train(backend, Training.request(builder.build(), settings, output));
      try (TrainedModel model = TrainedModel.read(output, backend)) {
        ModelState state = model.gru().start();
        state.add(new ModelEvent(model.items().indexOf("a"), "", -1));
        float[] scores = new float[3];
        state.scores(scores);
        float late = scores[model.items().indexOf("late")];
        assertThat(late).isGreaterThan(scores[model.items().indexOf("early")] + 1);
      }
    }
  }
}
