package dev.segue.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.segue.data.Catalogue;
import dev.segue.data.Item;
import dev.segue.kernels.Backend;
import dev.segue.kernels.BackendChoice;
import dev.segue.kernels.Backends;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemorisationProtocolTest {
  private static final Catalogue ITEMS =
      Catalogue.of(IntStream.range(0, 450).mapToObj(i -> Item.ofId("Movie_" + i)).toList());

  @TempDir Path folder;

  @Test
  void remembersItsSessionsAndKnowsNothingOfOthers() {
    Settings settings =
        Settings.of(
            Map.of(
                "embedding", "64", "hidden", "96", "rate", "0.005", "batch", "4", "epochs", "12"));
    try (Backend backend = Backends.open(BackendChoice.AUTO)) {
      MemorisationReport report =
          new MemorisationProtocol(backend)
              .run(ITEMS, 100, settings, folder.resolve("model"), new TrainingListener() {});
      assertThat(report.items()).isEqualTo(450);
      assertThat(report.trainedSessions()).isBetween(85, 100);
      assertThat(report.trainedHitRate()).isGreaterThanOrEqualTo(0.89);
      assertThat(report.chance()).isEqualTo(10 / 450.0);
      // About 97 targets at chance: more than eight hits happen once in a thousand draws.
      assertThat(report.heldOutHitRate()).isLessThan(8.5 / 90);
      assertThat(report.toText())
          .contains("450 items")
          .contains("sessions trained on   %.4f".formatted(report.trainedHitRate()))
          .contains("guessing              0.0222");
    }
  }

  @Test
  void onlyTheLastStepOfASessionIsScored() {
    SessionModel next =
        new TableModel(
            "next",
            ITEMS,
            450,
            session -> {
              float[] scores = new float[450];
              for (int i = 1; i <= 10; i++) {
                scores[(session.getLast() + i) % 450] = 20 - i;
              }
              return scores;
            });
    assertThat(
            MemorisationProtocol.lastStepHitRate(
                next,
                EvaluatorTest.log(
                    "Movie_7 Movie_9 Movie_19",
                    "Movie_7 Movie_8 Movie_19",
                    "Movie_7 Movie_99 Movie_100",
                    "Movie_5")))
        .isCloseTo(2 / 3.0, within(1e-12));
  }

  @Test
  void anInterruptedRunHasNoResult() {
    TrainingListener impatient =
        new TrainingListener() {
          @Override
          public boolean stopRequested() {
            return true;
          }
        };
    try (Backend backend = Backends.open(BackendChoice.AUTO)) {
      MemorisationProtocol protocol = new MemorisationProtocol(backend);
      Catalogue few = Catalogue.of(List.copyOf(ITEMS.items().subList(0, 20)));
      assertThatThrownBy(
              () -> protocol.run(few, 3, Settings.defaults(), folder.resolve("model"), impatient))
          .isInstanceOf(ModelException.class)
          .hasMessage("protocol: training was interrupted, expected it to end");
    }
  }
}
