package dev.segue.server.cli;

import dev.segue.data.Catalogue;
import dev.segue.engine.Recommender;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
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

  /// Loads what was asked for; the caller closes it.
  Recommender load() {
    if (model != null) {
      return catalogue == null
          ? Recommender.load(model)
          : Recommender.load(model, Catalogue.read(catalogue));
    }
    if (catalogue == null) {
      throw new UserMistake(
          "nothing to recommend from, expected --model MODELDIR, --catalogue DIR or both");
    }
    return Recommender.contentOnly(Catalogue.read(catalogue));
  }
}
