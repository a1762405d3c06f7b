package dev.segue.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The epochs of a run so far, from which early stopping follows.
final class TrainingHistory {
  private final List<EpochResult> epochs = new ArrayList<>();

  List<EpochResult> epochs() {
    return List.copyOf(epochs);
  }

  void add(EpochResult epoch) {
    epochs.add(epoch);
  }

  /// Returns whether a validation loss is the lowest so far. Without validation, when the loss is
  /// not a number, the last epoch counts as the best.
  boolean isBest(double validationLoss) {
    return epochs.stream().noneMatch(epoch -> epoch.validationLoss() <= validationLoss);
  }

  /// Returns the epoch whose weights are kept, or 0 before the first.
  int bestEpoch() {
    return epochs.stream().filter(EpochResult::best).mapToInt(EpochResult::epoch).max().orElse(0);
  }

  /// Returns whether the last `patience` epochs brought no better validation loss.
  boolean isExhausted(int patience) {
    return !epochs.isEmpty() && epochs.getLast().epoch() - bestEpoch() >= patience;
  }

  /// Returns the epochs as JSON; a loss that is not a number becomes null.
  ArrayNode toJson() {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (EpochResult epoch : epochs) {
      ObjectNode node = array.addObject();
      node.put("epoch", epoch.epoch()).put("trainLoss", epoch.trainLoss());
      node.put("validationLoss", numberOrNull(epoch.validationLoss()));
      if (!Double.isNaN(epoch.recall())) {
        node.put("recall", epoch.recall()).put("mrr", epoch.mrr());
      }
      node.put("seconds", epoch.seconds())
          .put("eventsPerSecond", epoch.eventsPerSecond())
          .put("best", epoch.best());
    }
    return array;
  }

  private static @Nullable Double numberOrNull(double value) {
    return Double.isNaN(value) ? null : value;
  }

  static TrainingHistory fromJson(JsonNode array) {
    TrainingHistory history = new TrainingHistory();
    for (JsonNode node : array) {
      history.add(
          new EpochResult(
              node.path("epoch").asInt(),
              node.path("trainLoss").asDouble(),
              node.path("validationLoss").asDouble(Double.NaN),
              node.path("recall").asDouble(Double.NaN),
              node.path("mrr").asDouble(Double.NaN),
              node.path("seconds").asDouble(),
              node.path("eventsPerSecond").asDouble(),
              node.path("best").asBoolean()));
    }
    return history;
  }
}
