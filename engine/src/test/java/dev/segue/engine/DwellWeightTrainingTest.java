package dev.segue.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.data.SessionLog;
import dev.segue.kernels.Backend;
import dev.segue.kernels.BackendChoice;
import dev.segue.kernels.Backends;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Targets that count by the time spent on them. In the log the hub leads to one item three times
/// in five, where people leave at once, and to another twice in five, where they stay.
class DwellWeightTrainingTest {
  private static final String LEFT = "Movie_left";
  private static final String STAYED = "Movie_stayed";

  @TempDir Path folder;
  private final Backend backend = Backends.open(BackendChoice.AUTO);

  @AfterEach
  void closeBackend() {
    backend.close();
  }

  private static SessionLog log() {
    SessionLog.Builder builder = SessionLog.builder();
    for (int s = 0; s < 200; s++) {
      boolean stays = s % 5 < 2;
      builder.add("s" + s, "Movie_hub", s * 1000L, "Clicked", 9000);
      builder.add("s" + s, stays ? STAYED : LEFT, s * 1000L + 1, "Clicked", stays ? 60_000 : 1000);
    }
    return builder.build();
  }

  private static Settings settings(String... changes) {
    Settings settings = Training.settings("epochs", "10", "rate", "0.03", "validation", "0");
    for (int i = 0; i < changes.length; i += 2) {
      settings = settings.with(changes[i], changes[i + 1]);
    }
    return settings;
  }

  private String best(Settings settings) {
    Path model = folder.resolve("model");
    Training.train(backend, Training.request(log(), settings, model));
    try (Recommender recommender = Recommender.load(model)) {
      List<SessionEvent> events = List.of(SessionEvent.click("Movie_hub"));
      return recommender
          .recommend(events, RecommendationQuery.top(1))
          .items()
          .getFirst()
          .item()
          .id();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "packed, cross-entropy",
    "session-parallel, cross-entropy",
    "packed, sampled-softmax",
    "session-parallel, bpr-max",
    "packed, bpr-max"
  })
  void whatPeopleStayOnComesFirst(String batching, String loss) {
    assertThat(best(settings("batching", batching, "loss", loss))).isEqualTo(LEFT);
    assertThat(best(settings("batching", batching, "loss", loss, "dwell-weight", "1")))
        .isEqualTo(STAYED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"packed", "session-parallel"})
  void anInterruptedRunEndsWithTheSameBytes(String batching) {
    Settings settings = settings("batching", batching, "dwell-weight", "0.7", "epochs", "2");
    Path whole = folder.resolve("whole");
    Training.train(backend, Training.request(log(), settings, whole));
    TrainingRequest parts = Training.request(log(), settings, folder.resolve("parts"));
    new Trainer(backend).train(parts, Training.stoppingAfter(30));
    assertThat(Training.train(backend, Training.resumed(parts)).interrupted()).isFalse();
    assertThat(parts.output().resolve("weights.safetensors"))
        .hasSameBinaryContentAs(whole.resolve("weights.safetensors"));
  }

  @Test
  void aLogWithoutDwellIsRefused() {
    assertThatThrownBy(() ->
            Training.train(
                backend,
                Training.request(
                    Logs.cycles(9, 30, 1), settings("dwell-weight", "1"), folder.resolve("x"))))
        .isInstanceOf(ModelException.class)
        .hasMessage("training: dwell-weight=1.0: the sessions have no dwell times, expected some");
  }

  @Test
  void labelsAreNotSmoothedToo() {
    assertThatThrownBy(() -> settings("dwell-weight", "1", "label-smoothing", "0.1").checked())
        .hasMessageStartingWith("set: label-smoothing: has no meaning here, expected")
        .hasMessageContaining("dwell-weight=0");
  }
}
