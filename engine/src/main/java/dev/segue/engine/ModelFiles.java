package dev.segue.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.segue.engine.files.DurableText;
import dev.segue.engine.files.JsonTree;
import dev.segue.engine.files.SafetensorsReader;
import dev.segue.engine.files.SafetensorsWriter;
import dev.segue.engine.files.TensorData;
import dev.segue.engine.neighbours.SessionIndex;
import dev.segue.engine.network.Parameter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The files of a model directory, each read and written in one way.
final class ModelFiles {
  static final String CONFIG = "config.json";
  static final String WEIGHTS = "weights.safetensors";
  static final String ITEMS = "items.jsonl";
  static final String REPORT = "report.json";

  /// The session index, and in a neighbourhood model the counts.
  static final String NEIGHBOURS = "neighbours.safetensors";

  /// What a GRU has whose item vectors are made of content: the parts that content has in them.
  static final String CONTENT = "content.safetensors";

  /// What every model has.
  static final List<String> COMMON = List.of(CONFIG, ITEMS, REPORT);

  /// What a GRU has; once its training is complete, [#NEIGHBOURS] too.
  static final List<String> ALL = List.of(CONFIG, WEIGHTS, ITEMS, REPORT);

  /// What a neighbourhood model has.
  static final List<String> OF_NEIGHBOURS = List.of(CONFIG, NEIGHBOURS, ITEMS, REPORT);

  private ModelFiles() {}

  /// Writes the four files of a GRU.
  static void write(
      Path directory,
      ModelConfig config,
      List<Parameter> weights,
      TrainingData data,
      JsonNode report)
      throws IOException {
    writeCommon(directory, config, data, report);
    List<TensorData> tensors = floats(weights);
    tensors.addAll(tensors(data.statistics()));
    SafetensorsWriter.write(directory.resolve(WEIGHTS), tensors, Map.of("format", "pt"));
  }

  /// Writes the four files of a neighbourhood model.
  static void write(
      Path directory, ModelConfig config, SessionIndex index, TrainingData data, JsonNode report)
      throws IOException {
    writeCommon(directory, config, data, report);
    NeighbourFiles.write(directory.resolve(NEIGHBOURS), index, tensors(data.statistics()));
  }

  private static void writeCommon(
      Path directory, ModelConfig config, TrainingData data, JsonNode report) throws IOException {
    writeJson(directory.resolve(CONFIG), config.json());
    writeJson(directory.resolve(REPORT), report);
    ItemLines.write(directory.resolve(ITEMS), data.items(), data.statistics().support());
  }

  /// Returns the counts as tensors, as [#readStatistics] expects them.
  static List<TensorData> tensors(TrainingStatistics statistics) {
    return List.of(
        new TensorData.Ints("statistics.support", statistics.support()),
        new TensorData.Ints("statistics.offsets", statistics.transitionOffsets()),
        new TensorData.Ints("statistics.successors", statistics.successors()),
        new TensorData.Ints("statistics.counts", statistics.counts()));
  }

  /// Writes parameters alone.
  static void writeTensors(Path file, List<Parameter> parameters) throws IOException {
    SafetensorsWriter.write(file, floats(parameters), Map.of("format", "pt"));
  }

  /// Reads parameters into tensors of the right shape.
  static void readTensors(Path file, List<Parameter> parameters) throws IOException {
    try (SafetensorsReader reader = SafetensorsReader.open(file)) {
      for (Parameter parameter : parameters) {
        reader.read(parameter.name(), parameter.shape(), parameter.value());
      }
    }
  }

  /// Reads the counts and checks that they can belong to V items.
  static TrainingStatistics readStatistics(Path file, int vocabularySize) throws IOException {
    try (SafetensorsReader reader = SafetensorsReader.open(file)) {
      TrainingStatistics statistics =
          new TrainingStatistics(
              reader.readInts("statistics.support"),
              reader.readInts("statistics.offsets"),
              reader.readInts("statistics.successors"),
              reader.readInts("statistics.counts"));
      check(statistics, vocabularySize);
      return statistics;
    }
  }

  private static void check(TrainingStatistics statistics, int vocabularySize) throws IOException {
    int[] offsets = statistics.transitionOffsets();
    int[] successors = statistics.successors();
    boolean fits =
        statistics.support().length == vocabularySize
            && offsets.length == vocabularySize + 1
            && offsets[0] == 0
            && offsets[vocabularySize] == successors.length
            && successors.length == statistics.counts().length;
    for (int i = 0; fits && i < vocabularySize; i++) {
      fits = offsets[i] <= offsets[i + 1];
    }
    for (int i = 0; fits && i < successors.length; i++) {
      fits = successors[i] >= 0 && successors[i] < vocabularySize;
    }
    if (!fits) {
      throw new IOException(
          "statistics do not fit each other or %d items".formatted(vocabularySize));
    }
  }

  static void writeJson(Path file, JsonNode json) throws IOException {
    DurableText.write(file, json.toPrettyString() + "\n");
  }

  static JsonNode readJson(Path file) throws IOException {
    try {
      JsonNode json = JsonTree.read(Files.readAllBytes(file));
      if (json == null || !json.isObject()) {
        throw new IOException("not a JSON object");
      }
      return json;
    } catch (JsonProcessingException e) {
      throw new IOException("not JSON", e);
    }
  }

  private static List<TensorData> floats(List<Parameter> parameters) {
    List<TensorData> tensors = new ArrayList<>();
    for (Parameter parameter : parameters) {
      tensors.add(new TensorData.Floats(parameter.name(), parameter.shape(), parameter.value()));
    }
    return tensors;
  }
}
