package dev.segue.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.segue.data.Item;
import dev.segue.engine.content.ContentEncoder;
import dev.segue.engine.files.Digests;
import dev.segue.engine.files.IoReasons;
import dev.segue.engine.files.Manifest;
import dev.segue.engine.network.ItemContent;
import dev.segue.engine.network.ParameterSet;
import dev.segue.engine.network.SparseRows;
import dev.segue.engine.sequences.EventCodes;
import dev.segue.kernels.Backend;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A trained GRU that a run goes on from.
final class ContinuedModel implements AutoCloseable {
  /// The part of `config.json` that says what was gone on from.
  static final String CONTINUED = "continued";

  static final String MODEL = "model";
  private static final String SESSIONS = "sessions";
  private static final String CATALOGUE = "catalogue";
  private static final String DATA = "data";

  private final Path directory;
  private final TrainedModel model;
  private final String digest;

  private ContinuedModel(Path directory, TrainedModel model, String digest) {
    this.directory = directory;
    this.model = model;
    this.digest = digest;
  }

  /// Reads a model.
  ///
  /// @throws ModelException when it is damaged or no GRU
  static ContinuedModel read(Path directory, Backend backend) {
    TrainedModel model = TrainedModel.read(directory, backend);
    try {
      requireGru(directory, model.gru().name());
      return new ContinuedModel(directory, model, Digests.ofFile(directory.resolve(Manifest.NAME)));
    } catch (IOException e) {
      model.close();
      throw new ModelException(
          "training: cannot continue %s: %s".formatted(directory, IoReasons.of(e)), e);
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }

  static void requireGru(Path directory, String kind) {
    if (!kind.equals(ModelConfig.KIND)) {
      throw new ModelException(
          "training: cannot continue %s: expected a model of kind %s, got %s"
              .formatted(directory, ModelConfig.KIND, kind));
    }
  }

  /// Throws unless the network of some settings is the model's.
  void checkSettings(Settings settings) {
    for (SettingKey key : SettingKey.ofNetwork()) {
      String own = model.settings().value(key);
      if (!own.equals(settings.value(key))) {
        throw new ModelException(
            "training: cannot continue %s: setting %s differs: the model has %s, now it is %s"
                .formatted(directory, key.key(), own, settings.value(key)));
      }
    }
  }

  /// Throws when the model has learned from these sessions already.
  void checkNew(String sessions) {
    if (earlierSessions().contains(sessions)) {
      throw new ModelException(
          "training: cannot continue %s: no new sessions, it was trained on these already"
              .formatted(directory));
    }
  }

  /// Returns the digests of all logs that the model has learned from.
  private List<String> earlierSessions() {
    List<String> digests = new ArrayList<>();
    model.config().path(CONTINUED).path(SESSIONS).forEach(earlier -> digests.add(earlier.asText()));
    digests.add(model.config().path(DATA).path(SESSIONS).asText());
    return digests;
  }

  /// Returns what `config.json` says about the model.
  ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put(MODEL, digest);
    ArrayNode sessions = json.putArray(SESSIONS);
    earlierSessions().forEach(sessions::add);
    return json;
  }

  Path directory() {
    return directory;
  }

  String digest() {
    return digest;
  }

  /// Returns what its network takes of an event beside the item.
  EventCodes codes() {
    return model.codes();
  }

  /// Returns whether more than ids is known of its items.
  boolean hasContent() {
    JsonNode catalogue = model.config().path(DATA).path(CATALOGUE);
    return !catalogue.asText(DataDigests.NONE).equals(DataDigests.NONE);
  }

  /// Returns how many items it was trained on.
  int trainedItems() {
    return model.trainedItems();
  }

  /// Returns the content features of its item vectors.
  ///
  /// @throws ModelException when they cannot be read
  ContentEncoder encoder() {
    return inContent(TrainingContent::read);
  }

  /// Puts its weights into a network, its trained items first; what the others have stays.
  ///
  /// @param rows content of the network's items, or null where item vectors are of ids alone
  void fill(ParameterSet parameters, @Nullable SparseRows rows) {
    parameters.growFrom(parameters(), trainedItems());
    if (rows != null) {
      inContent(file -> {
        TrainingContent.readVectors(file, parameters);
        return parameters;
      });
      ItemContent.separate(parameters, rows, trainedItems());
    }
  }

  /// Reads one file.
  private interface Reading<T> {
    T read(Path file) throws IOException;
  }

  private <T> T inContent(Reading<T> reading) {
    try {
      return reading.read(directory.resolve(ModelFiles.CONTENT));
    } catch (IOException e) {
      throw new ModelException(
          "training: cannot continue %s: %s: %s"
              .formatted(directory, ModelFiles.CONTENT, IoReasons.of(e)),
          e);
    }
  }

  /// Returns its items, the trained ones first.
  List<Item> items() {
    return model.items().items();
  }

  TrainingStatistics statistics() {
    return model.statistics();
  }

  private ParameterSet parameters() {
    if (model.gru() instanceof GruModel gru) {
      return gru.parameters();
    }
    throw new IllegalStateException("training: no weights in " + directory);
  }

  @Override
  public void close() {
    model.close();
  }
}
