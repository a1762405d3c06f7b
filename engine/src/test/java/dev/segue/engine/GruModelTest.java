package dev.segue.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.segue.engine.random.SeededRandom;
import dev.segue.kernels.Backend;
import dev.segue.kernels.BackendChoice;
import dev.segue.kernels.Backends;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GruModelTest {
  private static final int ITEMS = 25;

  @TempDir Path folder;
  private final Backend backend = Backends.open(BackendChoice.AUTO);
  private TrainedModel model;

  @BeforeEach
  void train() {
    Training.train(
        backend,
        Training.request(
            Logs.cycles(ITEMS, 80, 1),
            Training.settings("layers", "2", "rate", "0.02"),
            folder.resolve("model")));
    model = TrainedModel.read(folder.resolve("model"), backend);
  }

  @AfterEach
  void close() {
    model.close();
    backend.close();
  }

  private static ModelEvent[][] sessions(int count, long seed) {
    SeededRandom random = new SeededRandom(seed, 0);
    ModelEvent[][] sessions = new ModelEvent[count][];
    for (int i = 0; i < count; i++) {
      // Some have no target, one is far longer than a training window.
      sessions[i] = new ModelEvent[i == 3 ? 120 : random.nextInt(9)];
      for (int j = 0; j < sessions[i].length; j++) {
        sessions[i][j] = new ModelEvent(random.nextInt(ITEMS), "Clicked", -1);
      }
    }
    return sessions;
  }

  private static Map<String, float[]> collect(SessionModel scorer, ModelEvent[][] sessions) {
    Map<String, float[]> scores = new HashMap<>();
    scorer.scoreTargets(
        sessions,
        (session, position, all, offset) -> {
          float[] copy = new float[ITEMS];
          System.arraycopy(all, offset, copy, 0, ITEMS);
          assertThat(scores.put(session + ":" + position, copy)).isNull();
        });
    return scores;
  }

  @Test
  void scoringInBatchesAgreesWithOneStepAtATime() {
    ModelEvent[][] sessions = sessions(60, 5);
    Map<String, float[]> batched = collect(model.gru(), sessions);
    int targets = 0;
    for (int session = 0; session < sessions.length; session++) {
      ModelState state = model.gru().start();
      float[] expected = new float[ITEMS];
      for (int position = 1; position < sessions[session].length; position++) {
        state.add(sessions[session][position - 1]);
        state.scores(expected);
        assertThat(batched.get(session + ":" + position)).containsExactly(expected, within(1e-4f));
        targets++;
      }
    }
    assertThat(batched).hasSize(targets);
  }

  @Test
  void topIsTheOrderOfTheScores() {
    ModelState state = model.gru().start();
    state.add(new ModelEvent(3, "Clicked", -1));
    float[] scores = new float[ITEMS];
    state.scores(scores);
    int[] expected =
        IntStream.range(0, ITEMS)
            .filter(item -> item != 7 && item != 4 && item % 2 == 0)
            .boxed()
            .sorted((a, b) -> Float.compare(scores[b], scores[a]))
            .limit(5)
            .mapToInt(Integer::intValue)
            .toArray();
    long[] even = {0x5555555555555555L};

    assertThat(state.top(5, new int[] {7, 4}, even).items()[0]).containsExactly(expected);
  }

  @Test
  void aSessionStartsAtTheZeroStateWhateverCameBefore() {
    float[] first = afterOneEvent();
    model.gru().scoreTargets(sessions(10, 1), (session, position, scores, offset) -> {});
    assertThat(afterOneEvent()).isEqualTo(first);
  }

  private float[] afterOneEvent() {
    ModelState state = model.gru().start();
    state.add(new ModelEvent(0, "Clicked", -1));
    float[] scores = new float[ITEMS];
    state.scores(scores);
    return scores;
  }

  @Test
  void sessionsOfManyThreadsDoNotDisturbEachOther()
      throws ExecutionException, InterruptedException {
    ModelEvent[][] sessions = sessions(40, 9);
    List<float[]> expected = IntStream.range(0, 40).mapToObj(i -> walk(sessions[i])).toList();
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<float[]>> answers = new ArrayList<>();
      for (int round = 0; round < 10; round++) {
        for (ModelEvent[] session : sessions) {
          answers.add(threads.submit(() -> walk(session)));
        }
      }
      for (int i = 0; i < answers.size(); i++) {
        assertThat(answers.get(i).get()).isEqualTo(expected.get(i % 40));
      }
    }
  }

  private float[] walk(ModelEvent[] session) {
    ModelState state = model.gru().start();
    for (ModelEvent event : session) {
      state.add(event);
    }
    float[] scores = new float[ITEMS];
    state.scores(scores);
    float best = state.top(1, new int[0], null).scores()[0][0];
    scores[0] += best;
    return scores;
  }

  @Test
  void anItemThatTheModelDoesNotKnowIsRefused() {
    ModelState state = model.gru().start();
    assertThatThrownBy(() -> state.add(new ModelEvent(ITEMS, "Clicked", -1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("gru: item the model does not know, expected 0 to 24, got 25");
  }
}
