package dev.segue.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.segue.engine.neighbours.Decay;
import dev.segue.engine.neighbours.ItemNeighbours;
import dev.segue.engine.neighbours.NeighbourScorer;
import dev.segue.engine.neighbours.SequentialRules;
import dev.segue.engine.neighbours.SessionIndex;
import dev.segue.engine.neighbours.SessionNeighbours;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A neighbourhood model by name and its settings. Immutable.
///
/// Keys, as used by `--set key=value` and stored in `config.json`; a model has those that it uses:
///
/// | key | meaning |
/// |---|---|
/// | `k` | most neighbours |
/// | `sample` | most sessions they are chosen from, the most recent; also what the index keeps for an item |
/// | `max-length` | distinct items of a session that are kept and looked at, the last ones |
/// | `position` | weight of a shared item by the steps back to the last one |
/// | `match` | weight of a neighbour by the steps back to the last shared item |
/// | `distance` | weight of an item by its places from the last shared one in the neighbour |
/// | `recency` | days in which a neighbour's weight falls to 1/e, or `none` |
/// | `normalised` | whether similarity is divided by the root of both lengths |
/// | `idf` | how much rare items are favoured, 0 for not at all |
/// | `repeats` | factor of the scores of the session's own items: 0 where nothing is taken twice |
/// | `steps` | how far apart a rule reaches |
/// | `regularisation` | λ of item kNN |
///
/// `position`, `match` and `distance` are `none`, `linear`, `quadratic`, `reciprocal`, or the λ of
/// exp(−x / λ); [SessionNeighbours] has the formulas.
public final class NeighbourSettings {
  private final NeighbourMethod method;
  private final EnumMap<NeighbourKey, String> values;

  private NeighbourSettings(NeighbourMethod method, EnumMap<NeighbourKey, String> values) {
    this.method = method;
    this.values = values;
  }

  /// Returns the models' names: `vstan`, `stan`, `vsknn`, `item-knn`, `sequential-rules`.
  public static List<String> kinds() {
    return Arrays.stream(NeighbourMethod.values()).map(NeighbourMethod::kind).toList();
  }

  /// Returns the default settings of a model.
  ///
  /// @param kind one of [#kinds]
  /// @throws IllegalArgumentException for another kind
  public static NeighbourSettings defaults(String kind) {
    for (NeighbourMethod method : NeighbourMethod.values()) {
      if (method.kind().equals(kind)) {
        return new NeighbourSettings(method, method.defaults());
      }
    }
    throw new IllegalArgumentException(
        "neighbours: unknown model, expected one of %s, got \"%s\""
            .formatted(String.join(", ", kinds()), kind));
  }

  /// Returns the default settings of a model with some changed.
  ///
  /// @param kind one of [#kinds]
  /// @throws IllegalArgumentException as [#with], or for another kind
  public static NeighbourSettings of(String kind, Map<String, String> changes) {
    NeighbourSettings settings = defaults(kind);
    for (Map.Entry<String, String> change : changes.entrySet()) {
      settings = settings.with(change.getKey(), change.getValue());
    }
    return settings;
  }

  /// Returns these settings with one changed.
  ///
  /// @throws IllegalArgumentException with the keys that this model has, or with the range of the
  ///   value
  public NeighbourSettings with(String key, String value) {
    for (NeighbourKey known : values.keySet()) {
      if (known.key().equals(key)) {
        EnumMap<NeighbourKey, String> changed = new EnumMap<>(values);
        changed.put(known, known.canonical(value));
        return new NeighbourSettings(method, changed);
      }
    }
    throw UnknownKey.of(key, List.copyOf(asMap().keySet()));
  }

  /// Returns the model's name.
  public String kind() {
    return method.kind();
  }

  /// Returns all settings by key, defaults included.
  public Map<String, String> asMap() {
    Map<String, String> map = new LinkedHashMap<>();
    values.forEach((key, value) -> map.put(key.key(), value));
    return Collections.unmodifiableMap(map);
  }

  /// Returns these settings with a sample that an index can serve.
  NeighbourSettings within(SessionIndex index) {
    return sample() <= index.bound() ? this : with("sample", Integer.toString(index.bound()));
  }

  /// Makes what answers with these settings.
  NeighbourScorer scorer(SessionIndex index) {
    return switch (method) {
      case ITEM_KNN -> new ItemNeighbours(index, sample(), real(NeighbourKey.REGULARISATION));
      case SEQUENTIAL_RULES -> new SequentialRules(index, sample(), whole(NeighbourKey.STEPS));
      case VSTAN, STAN, VSKNN -> new SessionNeighbours(index, weights());
    };
  }

  private SessionNeighbours.Weights weights() {
    String recency = value(NeighbourKey.RECENCY);
    return new SessionNeighbours.Weights(
        whole(NeighbourKey.K),
        sample(),
        Decay.parse(value(NeighbourKey.POSITION)),
        recency.equals("none") ? Double.POSITIVE_INFINITY : Double.parseDouble(recency),
        Boolean.parseBoolean(value(NeighbourKey.NORMALISED)),
        Decay.parse(value(NeighbourKey.MATCH)),
        Decay.parse(value(NeighbourKey.DISTANCE)),
        real(NeighbourKey.IDF));
  }

  int sample() {
    return whole(NeighbourKey.SAMPLE);
  }

  /// Returns the factor of the scores of items that are in the session already.
  float repeats() {
    return values.containsKey(NeighbourKey.REPEATS) ? (float) real(NeighbourKey.REPEATS) : 1;
  }

  int maxLength() {
    return whole(NeighbourKey.MAX_LENGTH);
  }

  /// Returns the settings as a JSON object.
  ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    values.forEach((key, value) -> json.set(key.key(), key.range().json(value)));
    return json;
  }

  /// Reads what [#toJson] made; a key that is missing has its default.
  static NeighbourSettings fromJson(String kind, JsonNode json) {
    NeighbourSettings settings = defaults(kind);
    for (Map.Entry<String, JsonNode> entry : json.properties()) {
      settings = settings.with(entry.getKey(), entry.getValue().asText());
    }
    return settings;
  }

  private int whole(NeighbourKey key) {
    return Integer.parseInt(value(key));
  }

  private double real(NeighbourKey key) {
    return Double.parseDouble(value(key));
  }

  private String value(NeighbourKey key) {
    String value = values.get(key);
    if (value == null) {
      throw new IllegalStateException("neighbours: %s has no %s".formatted(kind(), key.key()));
    }
    return value;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NeighbourSettings that
        && method == that.method
        && values.equals(that.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return kind() + " " + asMap();
  }
}
