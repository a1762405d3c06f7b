package dev.segue.engine.network;

import dev.segue.engine.sequences.EventFeatures;
import dev.segue.kernels.Backend;
import dev.segue.kernels.GatherRows;
import dev.segue.kernels.ScatterAddRows;
import dev.segue.kernels.Tensor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What the GRU takes of an event: the item's embedding and, where the network has them, those of
/// its dwell time and of its action:
///
/// ```
/// x = embedding[item] + dwell[class of the dwell time] + action[number of the action]
/// ```
final class EventEmbedding {
  private EventEmbedding() {}

  /// Writes the embeddings of some events.
  ///
  /// @param out `N × E`, replaced
  static void gather(
      Backend backend,
      ParameterSet parameters,
      int[] items,
      @Nullable EventFeatures features,
      Tensor out) {
    backend.gatherRows(new GatherRows(parameters.embedding(), items, out));
    add(backend, parameters.dwell(), dwells(features), "dwell", out);
    add(backend, parameters.action(), actions(features), "action", out);
  }

  /// Adds the gradients of the events' embeddings to those of the small tables.
  ///
  /// @param gradient `N × E`
  static void scatter(
      Backend backend,
      @Nullable Tensor dwellGradient,
      @Nullable Tensor actionGradient,
      @Nullable EventFeatures features,
      Tensor gradient) {
    if (dwellGradient != null) {
      backend.scatterAddRows(new ScatterAddRows(gradient, dwells(features), dwellGradient));
    }
    if (actionGradient != null) {
      backend.scatterAddRows(new ScatterAddRows(gradient, actions(features), actionGradient));
    }
  }

  private static int[] dwells(@Nullable EventFeatures features) {
    return features == null ? new int[0] : features.dwells();
  }

  private static int[] actions(@Nullable EventFeatures features) {
    return features == null ? new int[0] : features.actions();
  }

  private static void add(
      Backend backend, @Nullable Tensor table, int[] rows, String name, Tensor out) {
    if (table == null) {
      return;
    }
    if (rows.length != out.rows()) {
      throw new IllegalArgumentException(
          "network: %s of the events, expected one for each of %d, got %d"
              .formatted(name, out.rows(), rows.length));
    }
    int[] places = new int[rows.length];
    Arrays.setAll(places, i -> i);
    try (Tensor added = backend.allocate(rows.length, out.columns())) {
      backend.gatherRows(new GatherRows(table, rows, added));
      backend.scatterAddRows(new ScatterAddRows(added, places, out));
    }
  }
}
