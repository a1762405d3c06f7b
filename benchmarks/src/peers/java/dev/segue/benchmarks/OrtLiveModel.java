package dev.segue.benchmarks;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.segue.engine.files.SafetensorsReader;
import dev.segue.engine.files.TensorEntry;
import dev.segue.engine.network.NetworkShape;
import dev.segue.engine.network.Parameter;
import dev.segue.engine.network.ParameterSet;
import dev.segue.engine.onnx.OnnxModel;
import dev.segue.engine.onnx.OnnxParts;
import dev.segue.kernels.Backend;
import dev.segue.kernels.BackendChoice;
import dev.segue.kernels.Backends;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The exported model with the state of one session. An event waits until more is known: with a
/// question after it, one call answers both; with another event after it, a graph without the
/// output layer takes the step.
final class OrtLiveModel implements LiveModel {
  private static final String MODEL = "model.onnx";
  private static final String STEP = "step.onnx";
  private static final int NONE = -1;

  private final OrtSession model;
  private final Path stepFile;
  private final int top;
  private @Nullable OrtSession step;
  private float[][][] hidden;
  private int waiting = NONE;

  OrtLiveModel(Path directory, int top) {
    this.top = top;
    model = OrtPeer.open(directory.resolve(MODEL), 1);
    stepFile = directory.resolve(STEP);
    hidden = new float[1][1][SyntheticModel.HIDDEN];
  }

  /// Writes what `segue export --top` does, and the step alone.
  static void write(Path directory, int top) throws IOException {
    try (SafetensorsReader reader =
            SafetensorsReader.open(directory.resolve("weights.safetensors"));
        Backend backend = Backends.open(BackendChoice.SCALAR)) {
      TensorEntry bias = Objects.requireNonNull(reader.entries().get("output.bias"));
      int items = Math.toIntExact(bias.elements());
      ParameterSet parameters =
          new ParameterSet(
              backend,
              new NetworkShape(items, SyntheticModel.EMBEDDING, SyntheticModel.HIDDEN, 1, false));
      for (Parameter parameter : parameters.all()) {
        reader.read(parameter.name(), parameter.shape(), parameter.value());
      }
      new OnnxModel(parameters, top, "benchmark").write(directory.resolve(MODEL));
      OnnxParts.writeStep(parameters, directory.resolve(STEP));
    }
  }

  @Override
  public void reset() {
    waiting = NONE;
    hidden = new float[1][1][SyntheticModel.HIDDEN];
  }

  @Override
  public void append(int item) {
    if (waiting != NONE) {
      run(step(), Set.of("next_hidden"));
    }
    waiting = item;
  }

  @Override
  public int[] best(int k) {
    if (k != top || waiting == NONE) {
      throw new IllegalArgumentException(
          "benchmark: expected a new event and k = %d, got %d".formatted(top, k));
    }
    int[] items = run(model, Set.of("next_hidden", "top_items"));
    waiting = NONE;
    return items;
  }

  private OrtSession step() {
    if (step == null) {
      step = OrtPeer.open(stepFile, 1);
    }
    return step;
  }

  /// Takes the waiting event and returns the best items if they are among the outputs.
  private int[] run(OrtSession session, Set<String> outputs) {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OnnxTensor items = OnnxTensor.createTensor(environment, new long[][] {{waiting}});
        OnnxTensor state = OnnxTensor.createTensor(environment, hidden);
        OrtSession.Result result = session.run(Map.of("items", items, "hidden", state), outputs)) {
      hidden = (float[][][]) result.get("next_hidden").orElseThrow().getValue();
      return outputs.contains("top_items")
          ? OrtRanker.items(result.get("top_items").orElseThrow().getValue())[0]
          : new int[0];
    } catch (OrtException e) {
      throw new IllegalStateException("benchmark: ONNXRUNTIME: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    try {
      model.close();
      if (step != null) {
        step.close();
      }
    } catch (OrtException e) {
      throw new IllegalStateException("benchmark: ONNXRUNTIME: " + e.getMessage(), e);
    }
  }
}
