package dev.segue.server.cli;

import dev.segue.data.Catalogue;
import dev.segue.engine.Recommender;
import dev.segue.engine.ServingSettings;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The options that say what recommends: a model, a catalogue, or a model with a newer catalogue.
final class RecommenderOptions {
  @Option(
      names = "--model",
      paramLabel = "MODELDIR",
      description = "A directory written by 'segue train'.")
  private @Nullable Path model;

  @Option(
      names = "--catalogue",
      paramLabel = "DIR",
      description =
          "A directory written by 'segue prepare'. With --model it adds items that the model has"
              + " never seen; without, recommendations are by content alone.")
  private @Nullable Path catalogue;

  @Mixin private BackendOptions backendOptions = new BackendOptions();

  /// Returns whether a model was named.
  boolean hasModel() {
    return model != null;
  }

  /// Loads what was asked for; the caller closes it.
  Recommender load() {
    ServingSettings settings = backendOptions.forServing();
    if (model != null) {
      return catalogue == null
          ? Recommender.load(model, settings)
          : Recommender.load(model, Catalogue.read(catalogue), settings);
    }
    if (catalogue == null) {
      throw new UserMistake(
          "nothing to recommend from, expected --model MODELDIR, --catalogue DIR or both");
    }
    return Recommender.contentOnly(Catalogue.read(catalogue));
  }
}
