package dev.segue.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.segue.data.Catalogue;
import dev.segue.data.Item;
import dev.segue.data.SessionLog;
import dev.segue.kernels.Backend;
import dev.segue.kernels.BackendChoice;
import dev.segue.kernels.Backends;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContinuedTrainingTest {
  private static final SessionLog OLD = Logs.cycles(12, 60, 1);

  /// Walks round the same circle with three items more.
  private static final SessionLog NEW = Logs.cycles(15, 80, 2);

  @TempDir Path folder;
  private final Backend backend = Backends.open(BackendChoice.AUTO);

  @AfterEach
  void closeBackend() {
    backend.close();
  }

  private Path first(String... changes) {
    Path model = folder.resolve("first");
    Training.train(backend, Training.request(OLD, Training.settings(changes), model));
    return model;
  }

  private static TrainingRequest continued(Path from, SessionLog log, Path out, String... changes) {
    return new TrainingRequest(log, null, Training.settings(changes), out, false, from, Map.of());
  }

  private static TrainingRequest resumed(TrainingRequest request) {
    return new TrainingRequest(
        request.sessions(),
        request.catalogue(),
        request.settings(),
        request.output(),
        true,
        request.continued(),
        request.provenance());
  }

  private float[] scores(Path directory, String id) {
    try (TrainedModel model = TrainedModel.read(directory, backend)) {
      ModelState state = model.gru().start();
      state.add(new ModelEvent(model.items().indexOf(id), "Clicked", -1));
      float[] scores = new float[model.gru().vocabularySize()];
      state.scores(scores);
      return scores;
    }
  }

  /// With a rate so small that nothing moves, what is left is what was taken over.
  @ParameterizedTest
  @CsvSource({
    "5, 1, false, cross-entropy",
    "6, 2, true, cross-entropy",
    "6, 1, true, sampled-softmax"
  })
  void oldWeightsAreKeptAndOldItemsKeepTheirNumbers(
      int embedding, int layers, boolean tied, String loss) {
    String[] settings = {
      "embedding", "" + embedding, "layers", "" + layers, "tied", "" + tied, "loss", loss
    };
    Path from = first(settings);
    String[] still = Arrays.copyOf(settings, settings.length + 4);
    still[settings.length] = "rate";
    still[settings.length + 1] = "1e-12";
    still[settings.length + 2] = "epochs";
    still[settings.length + 3] = "1";
    TrainingResult result =
        Training.train(backend, continued(from, NEW, folder.resolve("second"), still));

    Continuation continuation = Objects.requireNonNull(result.continuation());
    assertThat(continuation.knownItems()).isEqualTo(12);
    assertThat(continuation.newItems()).isEqualTo(3);
    assertThat(continuation.fromContent()).isZero();
    try (TrainedModel before = TrainedModel.read(from, backend);
        TrainedModel after = TrainedModel.read(folder.resolve("second"), backend)) {
      assertThat(after.gru().vocabularySize()).isEqualTo(15);
      for (int item = 0; item < 12; item++) {
        assertThat(after.items().item(item).id()).isEqualTo(before.items().item(item).id());
      }
      assertThat(after.report().path("continued").path("newItems").asInt()).isEqualTo(3);
    }
    float[] known = Arrays.copyOf(scores(folder.resolve("second"), Logs.id(3)), 12);
    assertThat(known).containsExactly(scores(from, Logs.id(3)), within(1e-5f));
  }

  @Test
  void countsOfBothLogsAreAdded() {
    Path from = first();
    Training.train(backend, continued(from, NEW, folder.resolve("second")));
    try (TrainedModel before = TrainedModel.read(from, backend);
        TrainedModel after = TrainedModel.read(folder.resolve("second"), backend)) {
      int[] support = new int[15];
      int[] followed = new int[15];
      for (int i = 0; i < 12; i++) {
        support[i] = before.statistics().support()[i];
        followed[i] = successorCount(before, i);
      }
      int sessions = 72; // the last tenth validates
      for (int session = 0; session < sessions; session++) {
        for (int event = NEW.start(session); event < NEW.end(session); event++) {
          int item = after.items().indexOf(NEW.items().id(NEW.item(event)));
          support[item]++;
          followed[item] += event + 1 < NEW.end(session) ? 1 : 0;
        }
      }
      assertThat(after.statistics().support()).containsExactly(support);
      for (int i = 0; i < 15; i++) {
        assertThat(successorCount(after, i)).as("successors of %d", i).isEqualTo(followed[i]);
      }
    }
  }

  private static int successorCount(TrainedModel model, int item) {
    TrainingStatistics statistics = model.statistics();
    int sum = 0;
    for (int i = statistics.transitionOffsets()[item];
        i < statistics.transitionOffsets()[item + 1];
        i++) {
      sum += statistics.counts()[i];
    }
    return sum;
  }

  @Test
  void theFirstModelStaysUnlessItIsTheOutput() throws IOException {
    Path from = first();
    byte[] weights = Files.readAllBytes(from.resolve("weights.safetensors"));
    Training.train(backend, continued(from, NEW, folder.resolve("second")));
    assertThat(from.resolve("weights.safetensors")).hasBinaryContent(weights);

    Training.train(backend, continued(from, NEW, from));
    try (TrainedModel replaced = TrainedModel.read(from, backend)) {
      assertThat(replaced.gru().vocabularySize()).isEqualTo(15);
    }
    assertThat(from.resolve("weights.safetensors"))
        .hasSameBinaryContentAs(folder.resolve("second/weights.safetensors"));
  }

  @Test
  void anInterruptedContinuationEndsWithTheSameBytes() throws IOException {
    Path from = first();
    Training.train(backend, continued(from, NEW, folder.resolve("whole")));
    TrainingRequest request = continued(from, NEW, folder.resolve("parts"));
    int parts = 0;
    while (new Trainer(backend)
        .train(parts == 0 ? request : resumed(request), Training.stoppingAfter(4))
        .interrupted()) {
      parts++;
    }
    assertThat(parts).isGreaterThan(3);
    assertThat(folder.resolve("parts/weights.safetensors"))
        .hasSameBinaryContentAs(folder.resolve("whole/weights.safetensors"));
  }

  @Test
  void aCheckpointOfAnotherModelIsNotResumed() {
    Path from = first();
    TrainingRequest request = continued(from, NEW, folder.resolve("second"));
    new Trainer(backend).train(request, Training.stoppingAfter(3));
    TrainingRequest atRandom =
        new TrainingRequest(
            Logs.cycles(12, 60, 1), null, request.settings(), from, false, Map.of());
    Training.train(backend, atRandom);

    assertThatThrownBy(() -> Training.train(backend, resumed(request)))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("training: cannot resume: the model that it continues is not");
  }

  @Test
  void itLearnsTheNewSessions() {
    Path from = first("epochs", "10", "rate", "0.02");
    TrainingRequest request =
        continued(from, NEW, folder.resolve("second"), "epochs", "15", "rate", "0.02");
    List<EpochResult> epochs = Training.train(backend, request).epochs();
    TrainingRequest anew = Training.request(NEW, request.settings(), folder.resolve("anew"));
    List<EpochResult> random = Training.train(backend, anew).epochs();
    assertThat(epochs.getFirst().validationLoss())
        .as("it knows most of the circle before it starts")
        .isLessThan(random.getFirst().validationLoss());
    assertThat(scores(folder.resolve("second"), Logs.id(12)))
        .satisfies(scores -> {
          try (TrainedModel model = TrainedModel.read(folder.resolve("second"), backend)) {
            int next = model.items().indexOf(Logs.id(13));
            assertThat(scores[next]).isEqualTo(maximum(scores));
          }
        });
  }

  private static float maximum(float[] scores) {
    float maximum = scores[0];
    for (float score : scores) {
      maximum = Math.max(maximum, score);
    }
    return maximum;
  }

  @Test
  void sessionsThatItHasLearnedFromAreRefusedInEveryLaterRound() {
    Path from = first();
    assertThatThrownBy(() -> Training.train(backend, continued(from, OLD, folder.resolve("x"))))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "training: cannot continue %s: no new sessions, it was trained on these already"
                .formatted(from));
    Training.train(backend, continued(from, NEW, folder.resolve("second")));
    assertThatThrownBy(() ->
            Training.train(backend, continued(folder.resolve("second"), OLD, folder.resolve("x"))))
        .hasMessageContaining("no new sessions");
    assertThat(folder.resolve("x")).doesNotExist();
  }

  @Test
  void anotherNetworkOrAnotherKindOfModelIsRefused() {
    Path from = first();
    assertThatThrownBy(
            () -> Training.train(backend, continued(from, NEW, folder.resolve("x"), "hidden", "7")))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "training: cannot continue %s: setting hidden differs: the model has 6, now it is 7"
                .formatted(from));
    Path vstan = folder.resolve("vstan");
    new NeighbourTrainer()
        .train(
            new NeighbourRequest(OLD, null, NeighbourSettings.defaults("vstan"), vstan, Map.of()));
    String message =
        "training: cannot continue %s: expected a model of kind gru, got vstan".formatted(vstan);
    assertThatThrownBy(() -> Training.train(backend, continued(vstan, NEW, folder.resolve("x"))))
        .isInstanceOf(ModelException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> Trainer.settingsOf(vstan)).hasMessage(message);
    assertThat(Trainer.settingsOf(from)).isEqualTo(Training.settings());
  }

  @Test
  void aNewItemBeginsAtTheWeightsOfSimilarOnes() {
    List<Item> all = new ArrayList<>(SmallItems.CATALOGUE.items());
    SessionLog.Builder old = SessionLog.builder();
    SessionLog.Builder later = SessionLog.builder();
    for (int session = 0; session < 30; session++) {
      for (int i = 0; i < 4; i++) {
        // The last three items are new: the books.
        old.add("s" + session, all.get((session + i) % 6).id(), session * 1000L + i, "", -1);
        later.add("t" + session, all.get((session + i) % 9).id(), session * 1000L + i, "", -1);
      }
    }
    Path from = folder.resolve("first");
    Settings settings = Training.settings();
    Catalogue known = Catalogue.of(all.subList(0, 6));
    Training.train(
        backend, new TrainingRequest(old.build(), known, settings, from, false, Map.of()));
    Settings still = settings.with("rate", "1e-12").with("epochs", "1");
    SessionLog sessions = later.build();
    Path out = folder.resolve("second");
    TrainingResult result =
        Training.train(
            backend,
            new TrainingRequest(sessions, SmallItems.CATALOGUE, still, out, false, from, Map.of()));

    Continuation continuation = Objects.requireNonNull(result.continuation());
    assertThat(continuation.newItems()).isEqualTo(3);
    assertThat(continuation.fromContent()).as("nobody else cooks").isEqualTo(2);
    // The book about the moon is like both films of science fiction, and like nothing else.
    assertScoreBetween(out, "Book_Moonbase", "Movie_Rocket", "Movie_Orbit");

    assertThatThrownBy(() ->
            Training.train(
                backend,
                new TrainingRequest(
                    sessions, null, still, folder.resolve("x"), false, from, Map.of())))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith(
            "training: 3 items of the sessions are not in the continued model, expected a catalogue"
                + " with them, such as \"Book_");
  }

  private void assertScoreBetween(Path directory, String id, String low, String high) {
    try (TrainedModel model = TrainedModel.read(directory, backend)) {
      float[] scores = scores(directory, "Movie_Kiss");
      float one = scores[model.items().indexOf(low)];
      float other = scores[model.items().indexOf(high)];
      assertThat(scores[model.items().indexOf(id)])
          .isBetween(Math.min(one, other) - 1e-4f, Math.max(one, other) + 1e-4f);
    }
  }
}
