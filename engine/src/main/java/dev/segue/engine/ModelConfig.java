package dev.segue.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.segue.engine.network.NetworkShape;
import dev.segue.engine.sequences.EventCodes;
import dev.segue.kernels.Backend;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// `config.json` of a model directory.
///
/// @param kind what the model is: [#KIND], [#BLEND] or one of [NeighbourSettings#kinds]
/// @param vocabularySize V
/// @param items number of items, the cold ones included
/// @param json the whole file
record ModelConfig(String kind, int vocabularySize, int items, JsonNode json) {
  static final String FORMAT = "segue-model";
  static final int FORMAT_VERSION = 1;
  static final String KIND = "gru";

  /// A GRU and a neighbourhood model together.
  static final String BLEND = "blend";

  static final String SETTINGS = "settings";
  static final String WEIGHT = "weight";
  static final String SHARPNESS = "sharpness";
  static final String NEIGHBOURS = "neighbours";
  private static final String TRAINED = "trained";
  private static final String FEATURES = "features";
  private static final String ACTIONS = "actions";
  private static final String PROVENANCE = "provenance";

  /// Describes a GRU that is being written.
  ///
  /// @param inputs entries of the caller, such as the digests of the input files
  static ModelConfig describe(
      Settings settings, TrainingData data, Backend backend, Map<String, String> inputs) {
    ModelConfig config = describe(KIND, settings.toJson(), data, inputs);
    if (!data.codes().actions().isEmpty()) {
      ArrayNode actions = ((ObjectNode) config.json).putArray(ACTIONS);
      data.codes().actions().forEach(actions::add);
    }
    ((ObjectNode) config.json.path(PROVENANCE))
        .put("backend", backend.description())
        .put("seed", settings.seed());
    return config;
  }

  /// Describes a GRU that ranks items which it was not trained on, by their content.
  ///
  /// @param ranked data over all of these
  /// @param trained how many of them were trained, the first ones
  static ModelConfig describe(
      Settings settings,
      TrainingData ranked,
      int trained,
      int features,
      Backend backend,
      Map<String, String> inputs) {
    ModelConfig config = describe(settings, ranked, backend, inputs);
    ((ObjectNode) config.json).put(TRAINED, trained).put(FEATURES, features);
    return config;
  }

  /// Describes a neighbourhood model that is being written.
  static ModelConfig describe(
      NeighbourSettings settings, TrainingData data, Map<String, String> inputs) {
    return describe(settings.kind(), settings.toJson(), data, inputs);
  }

  private static ModelConfig describe(
      String kind, ObjectNode settings, TrainingData data, Map<String, String> inputs) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("format", FORMAT).put("formatVersion", FORMAT_VERSION).put("kind", kind);
    json.put("vocabulary", data.vocabularySize()).put("items", data.items().size());
    json.set(SETTINGS, settings);
    json.putObject("data")
        .put("sessions", data.digests().sessions())
        .put("catalogue", data.digests().catalogue());
    ObjectNode provenance = json.putObject(PROVENANCE);
    inputs.forEach(provenance::put);
    provenance
        .put("segue", SegueVersion.get())
        .put("jdk", Runtime.version().toString())
        .put("machine", machine())
        .put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    return new ModelConfig(kind, data.vocabularySize(), data.items().size(), json);
  }

  /// Checks what was read from a file.
  static ModelConfig parse(JsonNode json) throws IOException {
    if (!json.path("format").asText().equals(FORMAT)) {
      throw new IOException(
          "format, expected \"%s\", got %s".formatted(FORMAT, json.path("format")));
    }
    int version = json.path("formatVersion").asInt();
    if (version != FORMAT_VERSION) {
      throw new IOException(
          "format version, expected %d, got %s; read it with the Segue that wrote it (%s)"
              .formatted(
                  FORMAT_VERSION,
                  json.path("formatVersion"),
                  json.path("provenance").path("segue").asText("unknown version")));
    }
    String kind = json.path("kind").asText();
    List<String> kinds = new ArrayList<>(List.of(KIND, BLEND));
    kinds.addAll(NeighbourSettings.kinds());
    if (!kinds.contains(kind)) {
      throw new IOException(
          "kind, expected one of %s, got %s"
              .formatted(String.join(", ", kinds), json.path("kind")));
    }
    int vocabularySize = json.path("vocabulary").asInt();
    int items = json.path("items").asInt();
    if (vocabularySize < 1 || items < vocabularySize) {
      throw new IOException(
          "sizes, expected 1 <= vocabulary <= items, got %s and %s"
              .formatted(json.path("vocabulary"), json.path("items")));
    }
    ModelConfig config = new ModelConfig(kind, vocabularySize, items, json);
    try {
      config.checkSettings();
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
    return config;
  }

  private void checkSettings() {
    if (trainedItems() < 1 || trainedItems() > vocabularySize) {
      throw new IllegalArgumentException(
          "trained, expected 1 to %d, got %s".formatted(vocabularySize, json.path(TRAINED)));
    }
    if (hasWeights()) {
      if (settings().takesAction() && json.path(ACTIONS).isEmpty()) {
        throw new IllegalArgumentException(
            "actions, expected those that the model tells apart, got none");
      }
    }
    if (!isGru()) {
      neighbourSettings();
    }
    if (isBlend() && !(blendWeight() >= 0 && blendWeight() <= 1)) {
      throw new IllegalArgumentException(
          "blend: weight, expected 0 to 1, got " + json.path(BLEND).path(WEIGHT));
    }
    if (isBlend() && !(blendSharpness() > 0)) {
      throw new IllegalArgumentException(
          "blend: sharpness, expected a number above 0, got " + json.path(BLEND).path(SHARPNESS));
    }
  }

  /// Returns how many of the items were trained, the first ones; the others are ranked by content.
  int trainedItems() {
    return json.path(TRAINED).asInt(vocabularySize);
  }

  /// Returns whether this describes a network whose item vectors are still in parts: that of a
  /// checkpoint.
  boolean isInParts() {
    return hasWeights() && settings().takesContent() && json.path(TRAINED).isMissingNode();
  }

  /// Returns the number of content features, 0 for none.
  int features() {
    return json.path(FEATURES).asInt();
  }

  boolean isGru() {
    return kind.equals(KIND);
  }

  boolean isBlend() {
    return kind.equals(BLEND);
  }

  /// Returns whether the model has the weights of a GRU.
  boolean hasWeights() {
    return isGru() || isBlend();
  }

  /// Returns the GRU's part of a blend.
  double blendWeight() {
    return json.path(BLEND).path(WEIGHT).asDouble(Double.NaN);
  }

  /// Returns what a blend multiplies the GRU's scores by; 1 where the file does not say.
  double blendSharpness() {
    return json.path(BLEND).path(SHARPNESS).asDouble(1);
  }

  /// Returns the settings of a GRU.
  Settings settings() {
    return Settings.fromJson(json.path(SETTINGS));
  }

  /// Returns the settings of a neighbourhood model, or of the one in a blend.
  NeighbourSettings neighbourSettings() {
    JsonNode blend = json.path(BLEND);
    return isBlend()
        ? NeighbourSettings.fromJson(blend.path(NEIGHBOURS).asText(), blend.path(SETTINGS))
        : NeighbourSettings.fromJson(kind, json.path(SETTINGS));
  }

  /// Returns the sizes of the network.
  NetworkShape shape() {
    return shape(settings(), vocabularySize, codes());
  }

  /// Returns what the network takes of an event beside the item.
  EventCodes codes() {
    if (!hasWeights()) {
      return EventCodes.none();
    }
    List<String> actions = new ArrayList<>();
    if (settings().takesAction()) {
      json.path(ACTIONS).forEach(action -> actions.add(action.asText()));
    }
    return new EventCodes(settings().takesDwell(), actions);
  }

  static NetworkShape shape(Settings settings, int vocabularySize, EventCodes codes) {
    return new NetworkShape(
        vocabularySize,
        settings.embedding(),
        settings.hidden(),
        settings.layers(),
        settings.tied(),
        codes.dwellRows(),
        codes.actionRows());
  }

  private static String machine() {
    return "%s %s, %s, %d processors"
        .formatted(
            System.getProperty("os.name"),
            System.getProperty("os.version"),
            System.getProperty("os.arch"),
            Runtime.getRuntime().availableProcessors());
  }
}
