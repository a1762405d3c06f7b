package dev.segue.engine.tuning;

import dev.segue.engine.NeighbourSettings;
import dev.segue.engine.Settings;
import java.util.LinkedHashMap;
import java.util.Map;

/// The settings of the kind of model that a search is for.
///
/// @param model `gru`, or a neighbourhood model by name
record SpaceSettings(String model) {
  static final String GRU = "gru";

  /// Both sizes of a GRU together.
  private static final String SIZE = "size";

  /// What the search itself decides, and by what.
  private static final Map<String, String> DECIDED =
      Map.of("epochs", "--epochs", "select", "--objective");

  /// @throws IllegalArgumentException for another kind of model
  SpaceSettings {
    if (!model.equals(GRU)) {
      NeighbourSettings.defaults(model);
    }
  }

  /// Checks a setting of a search.
  ///
  /// @throws IllegalArgumentException when the key does not exist or the value is out of range
  void check(String key, String value) {
    String option = model.equals(GRU) ? DECIDED.get(key) : null;
    if (option != null) {
      throw new IllegalArgumentException(
          "expected no %s here, it is set by %s".formatted(key, option));
    }
    checkTrained(model.equals(GRU) && key.equals(SIZE) ? "hidden" : key, value);
  }

  /// Checks a setting of a model.
  ///
  /// @throws IllegalArgumentException when the key does not exist or the value is out of range
  void checkTrained(String key, String value) {
    if (model.equals(GRU)) {
      Settings.defaults().with(key, value);
    } else {
      NeighbourSettings.defaults(model).with(key, value);
    }
  }

  /// Returns the changed settings of a model from what was drawn.
  ///
  /// @throws IllegalArgumentException when they do not fit together
  Map<String, String> complete(Map<String, String> drawn) {
    if (!model.equals(GRU)) {
      Map<String, String> defaults = NeighbourSettings.defaults(model).asMap();
      Map<String, String> changes = new LinkedHashMap<>(NeighbourSettings.of(model, drawn).asMap());
      changes.entrySet().removeIf(entry -> entry.getValue().equals(defaults.get(entry.getKey())));
      return changes;
    }
    Map<String, String> values = new LinkedHashMap<>(drawn);
    String size = values.remove(SIZE);
    if (size != null) {
      values.put("embedding", size);
      values.put("hidden", size);
    }
    return Settings.of(values).withoutIdle().checked().changes();
  }
}
