package dev.segue.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.segue.data.Catalogue;
import dev.segue.kernels.Backend;
import java.nio.file.Path;

/// A model directory, read and checked: `config.json`, `weights.safetensors`, `items.jsonl`,
/// `report.json`, and the `MANIFEST` with their SHA-256.
public final class TrainedModel implements AutoCloseable {
  private TrainedModel() {}

  /// Reads a model directory.
  ///
  /// @throws ModelException when a file is missing, truncated, edited or does not fit the others
  public static TrainedModel read(Path directory, Backend backend) {
    throw new UnsupportedOperationException();
  }

  /// Returns the settings it was trained with.
  public Settings settings() {
    throw new UnsupportedOperationException();
  }

  /// Returns `config.json`.
  public JsonNode config() {
    throw new UnsupportedOperationException();
  }

  /// Returns `report.json`: metrics and curves of the training.
  public JsonNode report() {
    throw new UnsupportedOperationException();
  }

  /// Returns the items: the V trained ones first, then the catalogue's cold ones.
  public Catalogue items() {
    throw new UnsupportedOperationException();
  }

  /// Returns what the training sessions say about items without any model.
  public TrainingStatistics statistics() {
    throw new UnsupportedOperationException();
  }

  /// Returns the GRU.
  public SessionModel gru() {
    throw new UnsupportedOperationException();
  }

  /// Releases the weights.
  @Override
  public void close() {}
}
