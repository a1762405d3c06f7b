package dev.segue.engine;

import dev.segue.engine.ValueRange.Flag;
import dev.segue.engine.ValueRange.Real;
import dev.segue.engine.ValueRange.Whole;
import dev.segue.engine.ValueRange.WordOrAboveZero;
import java.util.Arrays;
import java.util.List;

/// The named settings of neighbourhood models and what they may be; [NeighbourSettings] has the
/// table for users, [NeighbourMethod] which model has which and its default.
@SuppressWarnings("ImmutableEnumChecker") // Every ValueRange is a record of numbers and words.
enum NeighbourKey {
  K("k", new Whole(1, 100_000_000)),
  SAMPLE("sample", new Whole(1, 100_000_000)),
  MAX_LENGTH("max-length", new Whole(1, 100_000)),
  POSITION("position", new WordOrAboveZero(List.of("none", "linear", "quadratic", "reciprocal"))),
  MATCH("match", new WordOrAboveZero(List.of("none", "linear", "quadratic", "reciprocal"))),
  DISTANCE("distance", new WordOrAboveZero(List.of("none", "reciprocal"))),
  RECENCY("recency", new WordOrAboveZero(List.of("none"))),
  NORMALISED("normalised", new Flag()),
  IDF("idf", new Real(0, true, Double.POSITIVE_INFINITY)),
  REPEATS("repeats", new Real(0, true, Double.POSITIVE_INFINITY)),
  STEPS("steps", new Whole(1, 100_000)),
  REGULARISATION("regularisation", new Real(0, true, Double.POSITIVE_INFINITY));

  private final String key;
  private final ValueRange range;

  NeighbourKey(String key, ValueRange range) {
    this.key = key;
    this.range = range;
  }

  String key() {
    return key;
  }

  ValueRange range() {
    return range;
  }

  /// Returns the value in the form in which it is stored.
  String canonical(String text) {
    return range.canonical(key, text);
  }

  /// Finds a setting of some model by its key.
  static NeighbourKey of(String key) {
    return Arrays.stream(values())
        .filter(candidate -> candidate.key.equals(key))
        .findFirst()
        .orElseThrow(
            () -> UnknownKey.of(key, Arrays.stream(values()).map(NeighbourKey::key).toList()));
  }
}
