package dev.segue.engine;

import dev.segue.data.Catalogue;
import dev.segue.data.Item;
import dev.segue.engine.content.ContentEncoder;
import dev.segue.engine.files.SafetensorsReader;
import dev.segue.engine.files.SafetensorsWriter;
import dev.segue.engine.files.TensorData;
import dev.segue.engine.network.Parameter;
import dev.segue.engine.network.ParameterSet;
import dev.segue.engine.network.SparseRows;
import dev.segue.kernels.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is known of the items beside ids, for a network whose item vectors are made of it.
///
/// @param encoder the features
/// @param rows content vectors of the trained items, then of the catalogue's others
record TrainingContent(ContentEncoder encoder, SparseRows rows) {
  private static final String BUCKETS = "features.buckets";
  private static final String KINDS = "features.kinds";
  private static final String ITEMS_WITH = "features.items";
  private static final String CATALOGUE = "features.catalogue";

  /// Makes the content vectors of all items.
  ///
  /// @param items the trained ones, then others
  /// @param isKnown whether more than ids is known of them
  /// @param continued the features of a model that is continued, or null for new ones
  /// @throws ModelException when nothing is known of the items that two of them share
  static TrainingContent of(
      List<Item> items, int trained, boolean isKnown, @Nullable ContentEncoder continued) {
    if (!isKnown) {
      throw new ModelException(
          "training: content=features: only ids are known of the items, expected a catalogue");
    }
    Catalogue catalogue = Catalogue.of(items);
    ContentEncoder encoder = continued == null ? ContentEncoder.of(catalogue, trained) : continued;
    if (encoder.features() == 0) {
      throw new ModelException(
          "training: content=features: expected genres, creators or words that two trained items"
              + " share, got none in the catalogue");
    }
    return new TrainingContent(encoder, encoder.encode(catalogue));
  }

  /// Returns the content vectors of the trained items.
  SparseRows trained(int vocabularySize) {
    return rows.first(vocabularySize);
  }

  /// Writes what going on with the model needs beside its weights: which features there are, and
  /// their vectors.
  static void write(Path file, ContentEncoder encoder, ParameterSet trained) throws IOException {
    List<TensorData> tensors = new ArrayList<>();
    for (Parameter each : vectors(trained)) {
      tensors.add(new TensorData.Floats(each.name(), each.shape(), each.value()));
    }
    tensors.add(new TensorData.Ints(BUCKETS, encoder.buckets()));
    tensors.add(new TensorData.Ints(KINDS, encoder.kinds()));
    tensors.add(new TensorData.Ints(ITEMS_WITH, encoder.itemsWith()));
    tensors.add(new TensorData.Ints(CATALOGUE, new int[] {encoder.catalogueSize()}));
    SafetensorsWriter.write(file, tensors, Map.of("format", "pt"));
  }

  /// Reads the features of a model.
  static ContentEncoder read(Path file) throws IOException {
    try (SafetensorsReader reader = SafetensorsReader.open(file)) {
      int[] catalogue = reader.readInts(CATALOGUE);
      return new ContentEncoder(
          reader.readInts(BUCKETS),
          reader.readInts(KINDS),
          reader.readInts(ITEMS_WITH),
          catalogue.length == 1 ? catalogue[0] : -1);
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /// Reads the vectors of the features of a model.
  static void readVectors(Path file, ParameterSet trained) throws IOException {
    ModelFiles.readTensors(file, vectors(trained));
  }

  private static List<Parameter> vectors(ParameterSet trained) {
    Tensor content = trained.content();
    Tensor output = trained.outputContent();
    return trained.all().stream()
        .filter(each -> each.value() == content || each.value() == output)
        .toList();
  }
}
