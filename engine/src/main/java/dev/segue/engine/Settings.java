package dev.segue.engine;

import java.util.Map;
import java.util.TreeMap;

/// All named settings of a model and its training, with the mission's model as the default.
/// Immutable.
///
/// Keys, as used by `--set key=value` and stored in `config.json`:
///
/// | key | default | meaning |
/// |---|---|---|
/// | `embedding` | 128 | embedding size E |
/// | `hidden` | 256 | hidden size H of the GRU |
/// | `layers` | 1 | number of GRU layers |
/// | `tied` | false | output weights are the embedding table (needs `embedding` = `hidden`) |
/// | `max-length` | 50 | events of a session that one training sequence holds |
/// | `batch` | 64 | sessions in a batch |
/// | `epochs` | 50 | at most so many passes over the training sessions |
/// | `patience` | 5 | epochs without a better validation loss before training stops |
/// | `validation` | 0.1 | share of the sessions, the last by time, that make the validation loss |
/// | `rate` | 0.001 | learning rate of Adam |
/// | `clip` | 5.0 | bound of the gradients' global norm, 0 for none |
/// | `dropout-embedding` | 0 | dropout of embeddings |
/// | `dropout-hidden` | 0 | dropout of hidden states before the output layer |
/// | `seed` | 42 | seed of initialisation, order and dropout |
public final class Settings {
  private final Map<String, String> values;

  private Settings(Map<String, String> values) {
    this.values = new TreeMap<>(values);
  }

  /// Returns the mission's settings.
  public static Settings defaults() {
    return new Settings(Map.of());
  }

  /// Returns these settings with one changed.
  ///
  /// @throws IllegalArgumentException with the known keys, or with the range of the value
  public Settings with(String key, String value) {
    Map<String, String> changed = new TreeMap<>(values);
    changed.put(key, value);
    return new Settings(changed);
  }

  /// Returns all settings by key, defaults included.
  public Map<String, String> asMap() {
    return new TreeMap<>(values);
  }
}
