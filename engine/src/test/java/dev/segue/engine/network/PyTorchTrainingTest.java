package dev.segue.engine.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.segue.engine.sequences.Batch;
import dev.segue.kernels.Backend;
import dev.segue.kernels.BackendChoice;
import dev.segue.kernels.Backends;
import dev.segue.kernels.GradientClipping;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Compares whole training steps with PyTorch's; `src/test/python/training_golden.py` made the
/// numbers.
class PyTorchTrainingTest {
  /// Float rounding through a few steps; Adam divides by the root of small squares.
  private static final double TOLERANCE = 2e-5;

  private static final JsonNode GOLDEN = golden();

  private static JsonNode golden() {
    try (InputStream in = PyTorchTrainingTest.class.getResourceAsStream("training.json")) {
      return new ObjectMapper().readTree(Objects.requireNonNull(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Stream<Arguments> cases() {
    return StreamSupport.stream(GOLDEN.path("cases").spliterator(), false)
        .flatMap(golden ->
            Stream.of(BackendChoice.SCALAR, BackendChoice.AUTO)
                .map(backend ->
                    Arguments.of(backend, Named.of(golden.path("name").asText(), golden))));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void stepsOfAdamAgreeWithPyTorch(BackendChoice choice, JsonNode golden) {
    NetworkShape shape =
        new NetworkShape(
            GOLDEN.path("items").asInt(),
            golden.path("embedding").asInt(),
            golden.path("hidden").asInt(),
            golden.path("layers").asInt(),
            golden.path("tied").asBoolean());
    Regularisation smoothing = new Regularisation(0, 0, 0, golden.path("smoothing").asDouble());
    List<Batch> batches = batches();
    try (Backend backend = Backends.open(choice);
        ParameterSet parameters = new ParameterSet(backend, shape);
        ParameterSet gradients = new ParameterSet(backend, shape);
        AdamOptimiser adam = new AdamOptimiser(backend, shape, golden.path("rate").asDouble())) {
      load(parameters, golden.path("before"));
      GruNetwork network = new GruNetwork(backend, parameters);
      for (int step = 0; step < golden.path("losses").size(); step++) {
        Batch batch = batches.get(step % batches.size());
        double loss =
            network.accumulateGradients(batch, gradients, smoothing, step + 1).getAsDouble();
        double norm =
            backend
                .clipByGlobalNorm(
                    new GradientClipping(gradients.tensors(), golden.path("clip").asDouble()))
                .getAsDouble();
        adam.step(parameters, gradients, step + 1);

        assertThat(loss / batch.size())
            .as("loss of step %d", step)
            .isCloseTo(golden.path("losses").get(step).asDouble(), within(TOLERANCE));
        assertThat(norm)
            .as("norm of step %d", step)
            .isCloseTo(golden.path("norms").get(step).asDouble(), within(TOLERANCE));
      }
      for (Parameter parameter : parameters.all()) {
        assertThat(parameter.value().toArray())
            .as(parameter.name())
            .containsExactly(
                floats(golden.path("after").path(parameter.name())), within((float) TOLERANCE));
      }
    }
  }

  private static void load(ParameterSet parameters, JsonNode weights) {
    assertThat(parameters.all()).extracting(Parameter::name).hasSameSizeAs(weights);
    for (Parameter parameter : parameters.all()) {
      parameter.value().write(0, FloatBuffer.wrap(floats(weights.path(parameter.name()))));
    }
  }

  private static List<Batch> batches() {
    List<Batch> batches = new ArrayList<>();
    for (JsonNode batch : GOLDEN.path("batches")) {
      batches.add(PackedBatches.of(sequences(batch, "inputs"), sequences(batch, "targets")));
    }
    return batches;
  }

  private static int[][] sequences(JsonNode batch, String key) {
    return StreamSupport.stream(batch.spliterator(), false)
        .map(sequence ->
            StreamSupport.stream(sequence.path(key).spliterator(), false)
                .mapToInt(JsonNode::asInt)
                .toArray())
        .toArray(int[][]::new);
  }

  private static float[] floats(JsonNode array) {
    float[] floats = new float[array.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) array.get(i).asDouble();
    }
    return floats;
  }
}
