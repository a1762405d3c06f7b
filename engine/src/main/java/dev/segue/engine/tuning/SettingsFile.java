package dev.segue.engine.tuning;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.segue.engine.files.IoReasons;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Settings of a model in a small JSON file, as a search writes it and `segue train --settings`
/// takes it:
///
/// ```json
/// {"model": "gru", "settings": {"hidden": "100", "rate": 0.002}, "provenance": {"measure": 0.51}}
/// ```
///
/// @param model `gru`, or a neighbourhood model by name
/// @param settings that differ from the model's defaults
/// @param provenance how they were found, for people
public record SettingsFile(
    String model, Map<String, String> settings, Map<String, Object> provenance) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> KEYS = List.of("model", "settings", "provenance");

  /// Copies the maps.
  public SettingsFile {
    settings = new LinkedHashMap<>(settings);
    provenance = new LinkedHashMap<>(provenance);
  }

  /// Reads a file.
  ///
  /// @throws IllegalArgumentException in one line with the file and what is wrong in it
  public static SettingsFile read(Path file) {
    try {
      return parse(file.toString(), Files.readString(file));
    } catch (IOException e) {
      throw new IllegalArgumentException("%s: %s".formatted(file, IoReasons.of(e)), e);
    }
  }

  private static SettingsFile parse(String name, String text) {
    JsonNode json;
    try {
      json = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "%s:%d:%d: not JSON"
              .formatted(name, e.getLocation().getLineNr(), e.getLocation().getColumnNr()),
          e);
    }
    if (json == null || !json.isObject() || !json.path("settings").isObject()) {
      throw new IllegalArgumentException(
          name + ": expected an object with model and settings, as 'segue tune' writes it");
    }
    json.fieldNames()
        .forEachRemaining(key -> {
          if (!KEYS.contains(key)) {
            throw new IllegalArgumentException(
                "%s: expected %s, got \"%s\"".formatted(name, String.join(", ", KEYS), key));
          }
        });
    SpaceSettings known = model(name, json.path("model").asText(SpaceSettings.GRU));
    Map<String, String> settings = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : json.path("settings").properties()) {
      String value = entry.getValue().asText();
      try {
        known.checkTrained(entry.getKey(), value);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
      }
      settings.put(entry.getKey(), value);
    }
    return new SettingsFile(known.model(), settings, Map.of());
  }

  private static SpaceSettings model(String name, String model) {
    try {
      return new SpaceSettings(model);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("%s: %s".formatted(name, e.getMessage()), e);
    }
  }

  /// Returns the file's text.
  public String toJson() {
    ObjectNode json = JSON.createObjectNode();
    json.put("model", model);
    json.set("settings", JSON.valueToTree(settings));
    json.set("provenance", JSON.valueToTree(provenance));
    return json.toPrettyString() + "\n";
  }
}
