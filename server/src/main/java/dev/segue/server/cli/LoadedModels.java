package dev.segue.server.cli;

import dev.segue.engine.TrainedModel;
import dev.segue.kernels.Backend;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;

/// Several models in memory at once, the first one being that which the others are compared with.
final class LoadedModels implements AutoCloseable {
  private final SequencedMap<String, TrainedModel> models = new LinkedHashMap<>();

  /// Reads all of them, or none.
  ///
  /// @param directories by name; an empty name is replaced by the kind of the model
  static LoadedModels read(SequencedMap<String, Path> directories, Backend backend) {
    LoadedModels loaded = new LoadedModels();
    try {
      directories.forEach((name, directory) -> {
        TrainedModel model = TrainedModel.read(directory, backend);
        loaded.models.put(name.isEmpty() ? model.gru().name() : name, model);
      });
      return loaded;
    } catch (RuntimeException | Error e) {
      loaded.close();
      throw e;
    }
  }

  SequencedMap<String, TrainedModel> byName() {
    return models;
  }

  TrainedModel first() {
    return models.firstEntry().getValue();
  }

  /// Returns a line for each model that ranks other items than the first: fewer items are easier to
  /// rank, so such figures compare with care.
  List<String> differences() {
    List<String> lines = new ArrayList<>();
    String firstName = models.firstEntry().getKey();
    for (Map.Entry<String, TrainedModel> entry : models.entrySet()) {
      int missing = missing(first(), entry.getValue());
      int more = missing(entry.getValue(), first());
      if (missing + more > 0) {
        lines.add(
            String.format(
                Locale.ROOT,
                "warning: %s ranks other items than %s: %,d of its %,d are missing, %,d are more;"
                    + " targets it does not know are misses, and fewer items are easier to rank",
                entry.getKey(),
                firstName,
                missing,
                first().gru().vocabularySize(),
                more));
      }
    }
    return lines;
  }

  /// Returns how many items that one model ranks the other does not.
  private static int missing(TrainedModel one, TrainedModel other) {
    int missing = 0;
    for (int item = 0; item < one.gru().vocabularySize(); item++) {
      int index = other.items().indexOf(one.items().item(item).id());
      missing += index >= 0 && index < other.gru().vocabularySize() ? 0 : 1;
    }
    return missing;
  }

  @Override
  public void close() {
    models.values().forEach(TrainedModel::close);
  }
}
