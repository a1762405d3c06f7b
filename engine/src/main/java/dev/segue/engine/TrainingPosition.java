package dev.segue.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// How far a run is.
///
/// @param epoch the current epoch, from 1
/// @param batch batches done in it
/// @param step steps of the optimiser done in the whole run
/// @param lossSum sum of the losses of the epoch's targets so far, nats
/// @param events targets done in the epoch
/// @param epochSeconds time spent in the epoch
/// @param seconds time spent in the epochs before it
record TrainingPosition(
    int epoch,
    int batch,
    long step,
    double lossSum,
    long events,
    double epochSeconds,
    double seconds) {

  static TrainingPosition start() {
    return new TrainingPosition(1, 0, 0, 0, 0, 0, 0);
  }

  /// Returns the position after one more batch.
  TrainingPosition afterBatch(double loss, int targets, double batchSeconds) {
    return new TrainingPosition(
        epoch,
        batch + 1,
        step + 1,
        lossSum + loss,
        events + targets,
        epochSeconds + batchSeconds,
        seconds);
  }

  /// Returns the position at the start of the next epoch.
  TrainingPosition afterEpoch(double validationSeconds) {
    double total = seconds + epochSeconds + validationSeconds;
    return new TrainingPosition(epoch + 1, 0, step, 0, 0, 0, total);
  }

  ObjectNode toJson() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("epoch", epoch)
        .put("batch", batch)
        .put("step", step)
        .put("lossSum", lossSum)
        .put("events", events)
        .put("epochSeconds", epochSeconds)
        .put("seconds", seconds);
  }

  static TrainingPosition fromJson(JsonNode json) {
    return new TrainingPosition(
        json.path("epoch").asInt(),
        json.path("batch").asInt(),
        json.path("step").asLong(),
        json.path("lossSum").asDouble(),
        json.path("events").asLong(),
        json.path("epochSeconds").asDouble(),
        json.path("seconds").asDouble());
  }
}
