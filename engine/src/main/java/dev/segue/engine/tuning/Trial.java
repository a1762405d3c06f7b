package dev.segue.engine.tuning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What one trial has reached with what a round gave it: a line of the log.
///
/// @param number of the trial, from 0
/// @param round of the search, from 0
/// @param settings that differ from the model's defaults
/// @param seed of initialisation, order, dropout and negatives
/// @param epochs that it has had so far; 0 for a model that has none
/// @param sessions that it was measured on where they are what a round gives, else 0
/// @param bestEpoch the epoch that was measured best, 0 where there are none
/// @param recall Recall@20 on the validation sessions, NaN when it failed
/// @param mrr MRR@20 on them
/// @param measure what the search maximises
/// @param seconds time that it has taken so far
/// @param finished whether more epochs would change nothing, since training stopped by itself
/// @param failure why it could not be trained, or null
public record Trial(
    int number,
    int round,
    Map<String, String> settings,
    long seed,
    int epochs,
    int sessions,
    int bestEpoch,
    double recall,
    double mrr,
    double measure,
    double seconds,
    boolean finished,
    @Nullable String failure) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// Returns whether this trial is to be preferred.
  boolean isBetterThan(Trial other) {
    return compareBestFirst(other) < 0;
  }

  /// Orders the better trial first; a failed one comes after all others, and of equals the earlier
  /// comes first.
  int compareBestFirst(Trial other) {
    if ((failure == null) != (other.failure == null)) {
      return failure == null ? -1 : 1;
    }
    int compared = failure == null ? Double.compare(other.measure, measure) : 0;
    return compared != 0 ? compared : Integer.compare(number, other.number);
  }

  ObjectNode toJson() {
    ObjectNode json = JSON.createObjectNode();
    json.put("trial", number).put("round", round);
    json.set("settings", JSON.valueToTree(settings));
    json.put("seed", seed);
    if (sessions > 0) {
      json.put("sessions", sessions);
    } else {
      json.put("epochs", epochs).put("bestEpoch", bestEpoch);
    }
    if (failure == null) {
      json.put("recall", recall).put("mrr", mrr).put("measure", measure);
    } else {
      json.put("failure", failure);
    }
    return json.put("seconds", seconds).put("finished", finished);
  }

  static Trial fromJson(JsonNode json) {
    if (!json.path("trial").isInt() || !json.path("round").isInt()) {
      throw new IllegalArgumentException("expected a trial with its number and round");
    }
    Map<String, String> settings = new LinkedHashMap<>();
    json.path("settings")
        .properties()
        .forEach(entry -> settings.put(entry.getKey(), entry.getValue().asText()));
    return new Trial(
        json.path("trial").asInt(),
        json.path("round").asInt(),
        settings,
        json.path("seed").asLong(),
        json.path("epochs").asInt(),
        json.path("sessions").asInt(),
        json.path("bestEpoch").asInt(),
        json.path("recall").asDouble(Double.NaN),
        json.path("mrr").asDouble(Double.NaN),
        json.path("measure").asDouble(Double.NaN),
        json.path("seconds").asDouble(),
        json.path("finished").asBoolean(),
        json.hasNonNull("failure") ? json.path("failure").asText() : null);
  }
}
