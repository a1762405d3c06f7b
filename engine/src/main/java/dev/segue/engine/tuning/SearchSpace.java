package dev.segue.engine.tuning;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.segue.engine.files.IoReasons;
import dev.segue.engine.random.SeededRandom;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The settings that a search may draw, read from JSON:
///
/// ```json
/// {
///   "model": "gru",
///   "fixed": {"tied": true},
///   "start": [{"size": 100, "rate": 0.002}],
///   "search": {
///     "size": [100, 192, 256],
///     "dropout-hidden": {"from": 0.0, "to": 0.6}
///   },
///   "variants": [
///     {"fixed": {"optimiser": "adagrad"}, "search": {"rate": {"from": 0.02, "to": 0.2, "scale": "log"}}},
///     {"fixed": {"optimiser": "adam"}, "search": {"rate": {"from": 0.0005, "to": 0.01, "scale": "log"}}}
///   ]
/// }
/// ```
///
/// | key | meaning |
/// |---|---|
/// | `model` | `gru`, or a neighbourhood model by name |
/// | `fixed` | settings that every trial has |
/// | `start` | what the first trials are, instead of being drawn; `fixed` holds for them too |
/// | `search` | for a setting an array of values, each equally likely, or `from` and `to`: uniform, with
///   `scale` `log` uniform in the logarithm; whole numbers where both are |
/// | `variants` | one is drawn for a trial, each equally likely, and its `fixed` and `search` come on top |
///
/// `size` stands for `embedding` and `hidden` of a GRU together. A setting that has no meaning with
/// the others of its trial (`alpha` with the full softmax, say) is left out of it.
public final class SearchSpace {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> KEYS = List.of("model", "fixed", "start", "search", "variants");
  private static final List<String> VARIANT_KEYS = List.of("fixed", "search");
  private static final long STREAM = 2L << 32;

  private final String name;
  private final JsonNode json;
  private final SpaceSettings settings;
  private final List<Map<String, String>> start = new ArrayList<>();
  private final Map<String, String> fixed;
  private final Map<String, Dimension> search;
  private final List<Variant> variants = new ArrayList<>();

  private record Variant(Map<String, String> fixed, Map<String, Dimension> search) {}

  private SearchSpace(String name, JsonNode json) {
    this.name = name;
    this.json = json;
    requireKeys("the space", json, KEYS);
    settings = new SpaceSettings(json.path("model").asText("gru"));
    fixed = readFixed("fixed", json.path("fixed"));
    search = readSearch("search", json.path("search"));
    for (JsonNode each : requireArray("start", json.path("start"))) {
      start.add(readFixed("start", each));
    }
    for (JsonNode each : requireArray("variants", json.path("variants"))) {
      requireKeys("variants", each, VARIANT_KEYS);
      variants.add(
          new Variant(
              readFixed("variants.fixed", each.path("fixed")),
              readSearch("variants.search", each.path("search"))));
    }
    if (search.isEmpty() && start.isEmpty() && variants.isEmpty()) {
      throw mistake("nothing to try, expected search, start or variants");
    }
  }

  /// Reads a file.
  ///
  /// @throws IllegalArgumentException in one line with the file and the place in it
  public static SearchSpace read(Path file) {
    try {
      return parse(file.toString(), Files.readString(file));
    } catch (IOException e) {
      throw new IllegalArgumentException("%s: %s".formatted(file, IoReasons.of(e)), e);
    }
  }

  /// Returns the space that comes with Segue for a model.
  ///
  /// @param model `gru`, or a neighbourhood model by name
  public static SearchSpace builtIn(String model) {
    new SpaceSettings(model);
    String resource =
        model.equals(SpaceSettings.GRU) ? "space-gru.json" : "space-" + model + ".json";
    try (InputStream stream = SearchSpace.class.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IllegalArgumentException(
            "tune: %s has no search space of its own, give one with a file".formatted(model));
      }
      return parse("the built-in space of " + model, new String(stream.readAllBytes(), UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Parses a text.
  ///
  /// @param name for messages
  static SearchSpace parse(String name, String text) {
    try {
      JsonNode json = JSON.readTree(text);
      if (json == null || !json.isObject()) {
        throw new IllegalArgumentException(name + ": expected a JSON object");
      }
      return new SearchSpace(name, json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "%s:%d:%d: not JSON: %s"
              .formatted(
                  name,
                  e.getLocation().getLineNr(),
                  e.getLocation().getColumnNr(),
                  e.getOriginalMessage().lines().findFirst().orElse("")),
          e);
    }
  }

  /// Returns what kind of model is searched for: `gru`, or a neighbourhood model by name.
  public String model() {
    return settings.model();
  }

  /// Returns the space as it was read.
  JsonNode json() {
    return json;
  }

  /// Returns the settings of a trial that differ from the model's defaults; they depend on nothing
  /// but the seed and its number.
  Map<String, String> draw(long seed, int trial) {
    Map<String, String> drawn = new LinkedHashMap<>(fixed);
    if (trial < start.size()) {
      drawn.putAll(start.get(trial));
    } else {
      SeededRandom random = new SeededRandom(seed, STREAM + trial);
      search.forEach((key, dimension) -> drawn.put(key, dimension.draw(random)));
      if (!variants.isEmpty()) {
        Variant variant = variants.get(random.nextInt(variants.size()));
        drawn.putAll(variant.fixed);
        variant.search.forEach((key, dimension) -> drawn.put(key, dimension.draw(random)));
      }
    }
    try {
      return settings.complete(drawn);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "%s: trial %d cannot be trained: %s".formatted(name, trial, e.getMessage()), e);
    }
  }

  private Map<String, String> readFixed(String place, JsonNode object) {
    Map<String, String> values = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : requireObject(place, object).properties()) {
      String key = entry.getKey();
      if (!entry.getValue().isValueNode()) {
        throw mistake("%s.%s: expected one value, got %s".formatted(place, key, entry.getValue()));
      }
      values.put(key, entry.getValue().asText());
      checked(place, key, () -> settings.check(key, entry.getValue().asText()));
    }
    return values;
  }

  private Map<String, Dimension> readSearch(String place, JsonNode object) {
    Map<String, Dimension> dimensions = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : requireObject(place, object).properties()) {
      String key = entry.getKey();
      checked(
          place,
          key,
          () -> {
            Dimension dimension = Dimension.parse(entry.getValue());
            dimension.extremes().forEach(value -> settings.check(key, value));
            dimensions.put(key, dimension);
          });
    }
    return dimensions;
  }

  private void checked(String place, String key, Runnable reading) {
    try {
      reading.run();
    } catch (IllegalArgumentException e) {
      throw mistake("%s.%s: %s".formatted(place, key, e.getMessage()));
    }
  }

  private void requireKeys(String place, JsonNode object, List<String> allowed) {
    requireObject(place, object)
        .fieldNames()
        .forEachRemaining(key -> {
          if (!allowed.contains(key)) {
            throw mistake(
                "%s: expected %s, got \"%s\"".formatted(place, String.join(", ", allowed), key));
          }
        });
  }

  private JsonNode requireObject(String place, JsonNode node) {
    if (!node.isObject() && !node.isMissingNode()) {
      throw mistake("%s: expected an object, got %s".formatted(place, node));
    }
    return node;
  }

  private JsonNode requireArray(String place, JsonNode node) {
    if (!node.isArray() && !node.isMissingNode()) {
      throw mistake("%s: expected an array, got %s".formatted(place, node));
    }
    return node;
  }

  private IllegalArgumentException mistake(String message) {
    return new IllegalArgumentException(name + ": " + message);
  }
}
