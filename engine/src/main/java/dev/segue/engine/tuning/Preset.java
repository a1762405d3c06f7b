package dev.segue.engine.tuning;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.segue.engine.NeighbourSettings;
import dev.segue.engine.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What to train on a log, by name: GRUs and neighbourhood models to choose from, and the part that
/// the GRU has in the answer. The files lie beside this class, each with where its values are from.
///
/// @param name of the preset
/// @param description in a line
/// @param grus to choose from on the last sessions of a log; with a weight exactly one or none
/// @param neighbours to choose from, likewise
/// @param weight the GRU's part, 0 to 1, where it was chosen before on this very log; null where it
///   is to be found out
public record Preset(
    String name,
    String description,
    List<Settings> grus,
    List<NeighbourSettings> neighbours,
    @Nullable Double weight,
    double sharpness) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> NAMES =
      List.of("default", "rsc15", "diginetica", "cross-domain");

  /// Copies the lists.
  public Preset {
    grus = List.copyOf(grus);
    neighbours = List.copyOf(neighbours);
  }

  /// Returns the names of all presets; `default` is the one for a log never seen before.
  public static List<String> names() {
    return NAMES;
  }

  /// Returns a preset.
  ///
  /// @throws IllegalArgumentException for a name that does not exist
  public static Preset of(String name) {
    if (!NAMES.contains(name)) {
      throw new IllegalArgumentException(
          "preset: expected one of %s, got \"%s\"".formatted(String.join(", ", NAMES), name));
    }
    JsonNode json = resource(name);
    List<Settings> grus = new ArrayList<>();
    for (JsonNode gru : json.path("gru")) {
      grus.add(Settings.of(texts(gru)).checked());
    }
    List<NeighbourSettings> neighbours = new ArrayList<>();
    for (JsonNode each : json.path("neighbours")) {
      neighbours.add(
          NeighbourSettings.of(each.path("model").asText(), texts(each.path("settings"))));
    }
    Double weight = json.has("weight") ? json.path("weight").asDouble() : null;
    double sharpness = json.path("sharpness").asDouble(1);
    return new Preset(name, json.path("description").asText(), grus, neighbours, weight, sharpness);
  }

  /// Returns this preset with one kind of model alone.
  ///
  /// @param kind `gru`, or a neighbourhood model by name
  /// @throws IllegalArgumentException when the preset has none of this kind
  public Preset only(String kind) {
    boolean gru = kind.equals(SpaceSettings.GRU);
    List<NeighbourSettings> kept =
        neighbours.stream().filter(each -> each.kind().equals(kind)).toList();
    if (gru ? grus.isEmpty() : kept.isEmpty()) {
      throw new IllegalArgumentException(
          "preset: %s has no %s, expected gru or one of its %s"
              .formatted(
                  name,
                  kind,
                  neighbours.stream().map(NeighbourSettings::kind).distinct().toList()));
    }
    Double fixed = weight == null ? null : Double.valueOf(gru ? 1 : 0);
    return new Preset(name, description, gru ? grus : List.of(), kept, fixed, sharpness);
  }

  /// Returns this preset with some settings of its GRUs changed.
  ///
  /// @throws IllegalArgumentException as [Settings#with]
  public Preset withChanges(Map<String, String> changes) {
    List<Settings> changed = new ArrayList<>();
    for (Settings gru : grus) {
      Settings settings = gru;
      for (Map.Entry<String, String> change : changes.entrySet()) {
        settings = settings.with(change.getKey(), change.getValue());
      }
      changed.add(settings);
    }
    return new Preset(name, description, changed, neighbours, weight, sharpness);
  }

  private static JsonNode resource(String name) {
    try (InputStream stream = Preset.class.getResourceAsStream("preset-" + name + ".json")) {
      if (stream == null) {
        throw new IllegalStateException("preset: %s is not on the class path".formatted(name));
      }
      return JSON.readTree(new String(stream.readAllBytes(), UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> texts(JsonNode object) {
    Map<String, String> texts = new LinkedHashMap<>();
    object.properties().forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
    return texts;
  }
}
