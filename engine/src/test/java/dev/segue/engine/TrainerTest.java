package dev.segue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.data.SessionLog;
import dev.segue.kernels.Backend;
import dev.segue.kernels.BackendChoice;
import dev.segue.kernels.Backends;
import java.nio.file.Path;
import java.util.Map;
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
}
