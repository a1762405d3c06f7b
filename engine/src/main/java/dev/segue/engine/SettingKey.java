package dev.segue.engine;

import dev.segue.engine.ValueRange.Choice;
import dev.segue.engine.ValueRange.Flag;
import dev.segue.engine.ValueRange.Real;
import dev.segue.engine.ValueRange.Whole;
import java.util.Arrays;
import java.util.List;

/// The named settings, their defaults and what they may be; [Settings] has the table for users.
@SuppressWarnings("ImmutableEnumChecker") // Every ValueRange is a record of numbers.
enum SettingKey {
  EMBEDDING("embedding", "128", new Whole(1, 65_536)),
  HIDDEN("hidden", "256", new Whole(1, 65_536)),
  LAYERS("layers", "1", new Whole(1, 16)),
  TIED("tied", "false", new Flag()),
  INPUTS("inputs", "item", new Choice("item", "item+dwell", "item+action", "item+dwell+action")),
  CONTENT("content", "none", new Choice("none", "features")),
  MAX_LENGTH("max-length", "50", new Whole(1, 100_000)),
  BATCH("batch", "64", new Whole(1, 65_536)),
  BATCHING("batching", "packed", new Choice("packed", "session-parallel")),
  ORDER("order", "shuffled", new Choice("shuffled", "time")),
  EPOCHS("epochs", "50", new Whole(1, 1_000_000)),
  PATIENCE("patience", "5", new Whole(1, 1_000_000)),
  VALIDATION("validation", "0.1", new Real(0, true, 1)),
  SELECT("select", "auto", new Choice("auto", "loss", "recall", "mrr", "both")),
  LOSS("loss", "cross-entropy", new Choice("cross-entropy", "sampled-softmax", "bpr-max")),
  LABEL_SMOOTHING("label-smoothing", "0.0", new Real(0, true, 1)),
  DWELL_WEIGHT("dwell-weight", "0.0", new Real(0, true, Double.POSITIVE_INFINITY)),
  NEGATIVES("negatives", "2048", new Whole(0, 1_000_000)),
  ALPHA("alpha", "0.5", new Real(0, true, Double.POSITIVE_INFINITY)),
  UNIFORM("uniform", "0.0", new Real(0, true, 1)),
  LOGQ("logq", "1.0", new Real(0, true, Double.POSITIVE_INFINITY)),
  BPR_REG("bpr-reg", "1.0", new Real(0, true, Double.POSITIVE_INFINITY)),
  BPR_ELU("bpr-elu", "1.0", new Real(0, true, Double.POSITIVE_INFINITY)),
  OPTIMISER("optimiser", "adam", new Choice("adam", "adagrad")),
  MOMENTUM("momentum", "0.0", new Real(0, true, 1)),
  RATE("rate", "0.001", new Real(0, false, Double.POSITIVE_INFINITY)),
  SCHEDULE("schedule", "constant", new Choice("constant", "linear", "cosine")),
  WARM_UP("warm-up", "0.0", new Real(0, true, 1)),
  CLIP("clip", "5.0", new Real(0, true, Double.POSITIVE_INFINITY)),
  DROPOUT_EMBEDDING("dropout-embedding", "0.0", new Real(0, true, 1)),
  DROPOUT_HIDDEN("dropout-hidden", "0.0", new Real(0, true, 1)),
  DROPOUT_ID("dropout-id", "0.0", new Real(0, true, 1)),
  COLD_BIAS("cold-bias", "0.0", new Real(0, true, Double.POSITIVE_INFINITY)),
  SEED("seed", "42", new Whole(Long.MIN_VALUE, Long.MAX_VALUE));

  private final String key;
  private final String defaultValue;
  private final ValueRange range;

  SettingKey(String key, String defaultValue, ValueRange range) {
    this.key = key;
    this.defaultValue = defaultValue;
    this.range = range;
  }

  String key() {
    return key;
  }

  String defaultValue() {
    return defaultValue;
  }

  ValueRange range() {
    return range;
  }

  /// Returns the value in the form in which it is stored.
  String canonical(String text) {
    return range.canonical(key, text);
  }

  /// Returns the settings that make the shape of the network.
  static List<SettingKey> ofNetwork() {
    return List.of(EMBEDDING, HIDDEN, LAYERS, TIED, INPUTS, CONTENT);
  }

  /// Finds a setting by its key.
  static SettingKey of(String key) {
    for (SettingKey candidate : values()) {
      if (candidate.key.equals(key)) {
        return candidate;
      }
    }
    throw UnknownKey.of(key, Arrays.stream(values()).map(SettingKey::key).toList());
  }
}
