package dev.segue.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.segue.data.Catalogue;
import dev.segue.engine.files.IoReasons;
import dev.segue.engine.files.Manifest;
import dev.segue.engine.neighbours.SessionIndex;
import dev.segue.engine.network.GruNetwork;
import dev.segue.engine.network.ParameterSet;
import dev.segue.engine.onnx.OnnxModel;
import dev.segue.engine.sequences.EventCodes;
import dev.segue.kernels.Backend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// A model directory, read and checked: `config.json`, `items.jsonl`, `report.json`, the
/// `weights.safetensors` of a GRU or the `neighbours.safetensors` of a neighbourhood model, and the
/// `MANIFEST` with their sums.
public final class TrainedModel implements AutoCloseable {
  private final ModelConfig config;
  private final JsonNode report;
  private final Catalogue items;
  private final TrainingStatistics statistics;
  private final SessionModel model;
  private final @Nullable SessionIndex index;
  private final int trainedItems;

  private TrainedModel(
      ModelConfig config,
      JsonNode report,
      Catalogue items,
      TrainingStatistics statistics,
      SessionModel model,
      @Nullable SessionIndex index,
      int trainedItems) {
    this.config = config;
    this.report = report;
    this.items = items;
    this.statistics = statistics;
    this.model = model;
    this.index = index;
    this.trainedItems = trainedItems;
  }

  /// Reads a model directory.
  ///
  /// @throws ModelException when a file is missing, truncated, edited or does not fit the others
  public static TrainedModel read(Path directory, Backend backend) {
    if (!Files.isDirectory(directory)) {
      throw new ModelException(
          "model: %s: no such directory, expected a model directory".formatted(directory));
    }
    if (!Files.isRegularFile(directory.resolve(Manifest.NAME))) {
      throw new ModelException(
          "model: %s: not a model directory, it has no %s".formatted(directory, Manifest.NAME));
    }
    // The sums take as long as the reading, so they are checked meanwhile. Nothing is handed out
    // before they are found right, and a damaged file is called so whatever its damage led to.
    Later<Set<String>> verified =
        new Later<>(() -> inFile(directory, "", path -> Manifest.verify(path, ModelFiles.COMMON)));
    verified.start("segue-verify");
    try {
      return read(directory, backend, verified);
    } catch (ModelException e) {
      verified.get();
      throw e;
    }
  }

  private static TrainedModel read(Path directory, Backend backend, Later<Set<String>> verified) {
    Later<ItemFile> lines = new Later<>(() -> inFile(directory, ModelFiles.ITEMS, ItemFile::open));
    lines.start("segue-items");
    ModelConfig config =
        inFile(directory, ModelFiles.CONFIG, f -> ModelConfig.parse(ModelFiles.readJson(f)));
    Later<Catalogue> items =
        new Later<>(
            () -> inFile(directory, ModelFiles.ITEMS, _ -> lines.get().catalogue(config.items())));
    if (config.isInParts()) {
      throw new ModelException(
          "model: %s: the checkpoint of a model with content, expected a finished model: resume its"
                  .formatted(directory)
              + " training");
    }
    String main = config.hasWeights() ? ModelFiles.WEIGHTS : ModelFiles.NEIGHBOURS;
    if (!Files.isRegularFile(directory.resolve(main))) {
      inFile(directory, "", _ -> requireListed(verified.get(), main));
    }
    JsonNode report = inFile(directory, ModelFiles.REPORT, ModelFiles::readJson);
    TrainingStatistics statistics =
        inFile(directory, main, file -> ModelFiles.readStatistics(file, config.vocabularySize()));
    ParameterSet parameters = config.hasWeights() ? parameters(directory, config, backend) : null;
    try {
      Set<String> files = inFile(directory, "", _ -> requireListed(verified.get(), main));
      SessionIndex index =
          files.contains(ModelFiles.NEIGHBOURS)
              ? inFile(
                  directory,
                  ModelFiles.NEIGHBOURS,
                  file -> NeighbourFiles.read(file, config.vocabularySize()))
              : null;
      GruModel gru =
          parameters == null
              ? null
              : new GruModel(
                  backend, new GruNetwork(backend, parameters), items.get(), config.codes());
      SessionModel model = model(directory, config, gru, index, items.get());
      return new TrainedModel(
          config, report, items.get(), statistics, model, index, config.trainedItems());
    } catch (RuntimeException | Error e) {
      if (parameters != null) {
        parameters.close();
      }
      throw e;
    }
  }

  private static SessionModel model(
      Path directory,
      ModelConfig config,
      @Nullable GruModel gru,
      @Nullable SessionIndex index,
      Catalogue items) {
    if (gru != null && config.isGru()) {
      return gru;
    }
    if (index == null) {
      throw new ModelException(
          "model: %s: MANIFEST does not list %s".formatted(directory, ModelFiles.NEIGHBOURS));
    }
    NeighbourModel neighbours = NeighbourModel.of(config.neighbourSettings(), index, items);
    return gru == null
        ? neighbours
        : new BlendModel(gru, neighbours, config.blendWeight(), config.blendSharpness());
  }

  private static ParameterSet parameters(Path directory, ModelConfig config, Backend backend) {
    ParameterSet parameters = new ParameterSet(backend, config.shape());
    try {
      return inFile(directory, ModelFiles.WEIGHTS, file -> readWeights(file, parameters));
    } catch (ModelException e) {
      parameters.close();
      throw e;
    }
  }

  /// Reads one file.
  private interface Reading<T> {
    T read(Path file) throws IOException;
  }

  private static <T> T inFile(Path directory, String name, Reading<T> reading) {
    try {
      return reading.read(directory.resolve(name));
    } catch (IOException e) {
      String file = name.isEmpty() ? "" : name + ": ";
      throw new ModelException("model: %s: %s%s".formatted(directory, file, IoReasons.of(e)), e);
    }
  }

  private static Set<String> requireListed(Set<String> files, String name) throws IOException {
    Manifest.requireListed(files, List.of(name));
    return files;
  }

  private static ParameterSet readWeights(Path file, ParameterSet parameters) throws IOException {
    ModelFiles.readTensors(file, parameters.all());
    return parameters;
  }

  /// Returns what the network takes of an event beside the item.
  EventCodes codes() {
    return config.codes();
  }

  /// Returns the settings that a GRU was trained with; [#config] has those of any model.
  public Settings settings() {
    return config.settings();
  }

  /// Returns `config.json`.
  public JsonNode config() {
    return config.json();
  }

  /// Returns `report.json`: metrics and curves of the training.
  public JsonNode report() {
    return report;
  }

  /// Returns how many items were trained, the first ones of [#items]. A GRU with content ranks the
  /// others too.
  public int trainedItems() {
    return trainedItems;
  }

  /// Returns the items: the trained ones first, then the catalogue's cold ones.
  public Catalogue items() {
    return items;
  }

  /// Returns what the training sessions say about items without any model.
  public TrainingStatistics statistics() {
    return statistics;
  }

  /// Returns the model, whatever its kind; [#close] closes it.
  public SessionModel gru() {
    return model;
  }

  /// Returns the past sessions that neighbourhood models ask, or null where the directory has none.
  @Nullable SessionIndex index() {
    return index;
  }

  /// Writes the GRU as an ONNX model, for runtimes that know nothing of Segue. Its inputs are
  /// `items` (`batch × time` item numbers) and `hidden` (`layers × batch × H`, zeros for a new
  /// session); its outputs `scores` (`batch × V`), with `top` above 0 also `top_items` and
  /// `top_scores`, and `next_hidden` for the call with the session's next items. Weights that pass
  /// the 2 GiB of an ONNX file go into a second one beside it.
  ///
  /// @param file to write; replaced if it is there
  /// @param top how many best items to give, 0 for none, V at most
  /// @return the files written
  public List<Path> writeOnnx(Path file, int top) throws IOException {
    if (!(model instanceof GruModel gru)) {
      throw new ModelException(
          "export: only a GRU can be written as ONNX, expected a model of kind gru, got "
              + config.kind());
    }
    if (!config.codes().areNone()) {
      throw new ModelException(
          "export: the model takes dwell times or actions as input, which its ONNX form lacks,"
              + " expected inputs=item");
    }
    return new OnnxModel(gru.parameters(), top, SegueVersion.get()).write(file);
  }

  /// Tells the number of requests of every pass over the weights from now on.
  void onPass(IntConsumer listener) {
    if (model instanceof GruModel gru) {
      gru.onPass(listener);
    }
  }

  /// Releases the weights.
  @Override
  public void close() {
    model.close();
  }
}
