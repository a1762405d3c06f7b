package dev.segue.engine.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.segue.engine.network.Initialisation;
import dev.segue.engine.network.NetworkShape;
import dev.segue.engine.network.ParameterSet;
import dev.segue.engine.network.StepWorkspace;
import dev.segue.kernels.Backend;
import dev.segue.kernels.BackendChoice;
import dev.segue.kernels.Backends;
import dev.segue.kernels.Scores;
import dev.segue.kernels.Tensor;
import dev.segue.kernels.TopK;
import dev.segue.kernels.TopKSearch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Runs exported networks in ONNX Runtime and compares what it says with what Segue says.
class OnnxModelTest {
  private static final int TOP = 10;
  private static final float TOLERANCE = 2e-5f;

  @TempDir Path folder;
  private final OrtEnvironment runtime = OrtEnvironment.getEnvironment();
  private final Backend backend = Backends.open(BackendChoice.VECTOR, 1);

  @AfterEach
  void closeBackend() {
    backend.close();
  }

  @ParameterizedTest(name = "{0} items, embedding {1}, hidden {2}, {3} layers, tied {4}")
  @CsvSource({
    "50, 5, 7, 1, false",
    "50, 7, 7, 1, true",
    "300, 16, 24, 2, false",
    "300, 24, 24, 3, true",
    "1000, 128, 256, 1, false",
  })
  void runtimeGivesOurScoresAndOurBestItems(
      int items, int embedding, int hidden, int layers, boolean tied)
      throws IOException, OrtException {
    NetworkShape shape = new NetworkShape(items, embedding, hidden, layers, tied);
    try (ParameterSet parameters = random(shape)) {
      Path file = folder.resolve("model.onnx");
      assertThat(new OnnxModel(parameters, TOP, "test").write(file)).containsExactly(file);
      assertAgrees(parameters, file);
    }
  }

  @Test
  void weightsBeyondTheLimitOfAFileGoIntoASecondOne() throws IOException, OrtException {
    try (ParameterSet parameters = random(new NetworkShape(700, 12, 20, 2, false))) {
      Path file = folder.resolve("model.onnx");
      List<Path> written =
          new OnnxModel(new NetworkGraph(parameters, TOP).graph(), "test", 50_000).write(file);
      assertThat(written).containsExactly(file, folder.resolve("model.onnx.data"));
      assertThat(Files.size(file)).isLessThan(5_000);
      assertThat(Files.size(written.getLast())).isGreaterThan(4 * parameters.size());
      assertAgrees(parameters, file);
    }
  }

  private ParameterSet random(NetworkShape shape) {
    ParameterSet parameters = new ParameterSet(backend, shape);
    Initialisation.fill(parameters, 5);
    return parameters;
  }

  private void assertAgrees(ParameterSet parameters, Path file) throws OrtException {
    Random random = new Random(3);
    try (OrtSession session = runtime.createSession(file.toString())) {
      for (int length : new int[] {1, 2, 9}) {
        int[][] sessions = new int[3][];
        for (int i = 0; i < sessions.length; i++) {
          sessions[i] = random.ints(length, 0, parameters.shape().items()).toArray();
        }
        assertAgrees(parameters, session, sessions);
      }
    }
  }

  private void assertAgrees(ParameterSet parameters, OrtSession session, int[][] sessions)
      throws OrtException {
    float[][] zeros = new float[sessions.length][parameters.shape().hidden()];
    Answer whole = run(session, sessions, states(parameters.shape().layers(), zeros));
    float[][][] state = states(parameters.shape().layers(), zeros);
    Answer last = whole;
    for (int step = 0; step < sessions[0].length; step++) {
      int[][] items = new int[sessions.length][];
      for (int i = 0; i < items.length; i++) {
        items[i] = new int[] {sessions[i][step]};
      }
      last = run(session, items, state);
      state = last.hidden();
    }
    for (int i = 0; i < sessions.length; i++) {
      assertThat(last.scores()[i])
          .as("step by step")
          .containsExactly(whole.scores()[i], within(TOLERANCE));
      assertAgrees(parameters, sessions[i], whole, i);
    }
  }

  /// Compares one session with the network's own answer.
  private void assertAgrees(ParameterSet parameters, int[] items, Answer answer, int row) {
    float[][] state = new float[parameters.shape().layers()][parameters.shape().hidden()];
    float[] scores = new float[parameters.shape().items()];
    try (StepWorkspace workspace = new StepWorkspace(backend, parameters)) {
      for (int item : items) {
        workspace.step(state, item);
      }
      Tensor hidden = workspace.hidden(state[state.length - 1]);
      backend.scores(
          new Scores(hidden, parameters.outputWeights(), parameters.outputBias(), scores));
      TopK top =
          backend.topK(
              new TopKSearch(
                  hidden, parameters.outputWeights(), parameters.outputBias(), TOP, null, null));
      assertThat(answer.scores()[row]).containsExactly(scores, within(TOLERANCE));
      assertThat(answer.topScores()[row]).containsExactly(top.scores()[0], within(TOLERANCE));
      assertThat(Arrays.stream(answer.topItems()[row]).mapToInt(Math::toIntExact))
          .as("the best items")
          .containsExactly(Arrays.stream(top.items()[0]).boxed().toArray(Integer[]::new));
    }
    for (int layer = 0; layer < state.length; layer++) {
      assertThat(answer.hidden()[layer][row]).containsExactly(state[layer], within(TOLERANCE));
    }
  }

  private static float[][][] states(int layers, float[][] values) {
    float[][][] states = new float[layers][][];
    Arrays.fill(states, values);
    return states;
  }

  /// What the runtime says about a batch.
  private record Answer(
      float[][] scores, long[][] topItems, float[][] topScores, float[][][] hidden) {}

  private Answer run(OrtSession session, int[][] items, float[][][] hidden) throws OrtException {
    long[][] numbers = new long[items.length][];
    for (int i = 0; i < items.length; i++) {
      numbers[i] = Arrays.stream(items[i]).asLongStream().toArray();
    }
    try (ai.onnxruntime.OnnxTensor itemTensor =
            ai.onnxruntime.OnnxTensor.createTensor(runtime, numbers);
        ai.onnxruntime.OnnxTensor hiddenTensor =
            ai.onnxruntime.OnnxTensor.createTensor(runtime, hidden)) {
      Map<String, OnnxTensorLike> inputs = Map.of("items", itemTensor, "hidden", hiddenTensor);
      try (OrtSession.Result result = session.run(inputs)) {
        return new Answer(
            (float[][]) value(result, "scores"),
            (long[][]) value(result, "top_items"),
            (float[][]) value(result, "top_scores"),
            (float[][][]) value(result, "next_hidden"));
      }
    }
  }

  private static Object value(OrtSession.Result result, String name) throws OrtException {
    return result.get(name).orElseThrow().getValue();
  }
}
