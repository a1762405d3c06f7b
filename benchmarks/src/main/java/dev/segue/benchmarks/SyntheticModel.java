package dev.segue.benchmarks;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.segue.engine.files.Manifest;
import dev.segue.engine.files.SafetensorsWriter;
import dev.segue.engine.files.TensorData;
import dev.segue.kernels.Backend;
import dev.segue.kernels.BackendChoice;
import dev.segue.kernels.Backends;
import dev.segue.kernels.Tensor;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// A model directory with random weights of the mission's sizes (embedding 128, GRU 256), and items
/// with titles, genres and descriptions as long as those of the public catalogues.
final class SyntheticModel {
  static final int EMBEDDING = 128;
  static final int HIDDEN = 256;

  private static final JsonMapper JSON = new JsonMapper();
  private static final String[] DOMAINS = {"Music", "Movie", "Book"};

  private SyntheticModel() {}

  /// Returns the id of an item.
  static String itemId(int item) {
    return DOMAINS[item % DOMAINS.length] + "_item " + item;
  }

  /// Writes the directory.
  static void write(Path directory, int items) throws IOException {
    // All settings have their defaults.
    write(directory, items, EMBEDDING, HIDDEN, JSON.createObjectNode(), 40);
  }

  /// Writes a model whose output weights are its embeddings, with items that have no description.
  static void writeTied(Path directory, int items, int size) throws IOException {
    ObjectNode settings = JSON.createObjectNode();
    settings.put("embedding", size).put("hidden", size).put("tied", true);
    write(directory, items, size, size, settings, 0);
  }

  private static void write(
      Path directory, int items, int embedding, int hidden, ObjectNode settings, int words)
      throws IOException {
    Files.createDirectories(directory);
    ObjectNode config = JSON.createObjectNode();
    config.put("format", "segue-model").put("formatVersion", 1).put("kind", "gru");
    config.put("vocabulary", items).put("items", items);
    config.set("settings", settings);
    Files.writeString(directory.resolve("config.json"), config.toPrettyString());
    Files.writeString(directory.resolve("report.json"), "{}\n");
    writeItems(directory.resolve("items.jsonl"), items, words);
    boolean isTied = settings.path("tied").asBoolean();
    writeWeights(directory.resolve("weights.safetensors"), items, embedding, hidden, isTied);
    Manifest.write(
        directory, List.of("config.json", "weights.safetensors", "items.jsonl", "report.json"));
  }

  private static void writeWeights(Path file, int items, int embedding, int hidden, boolean isTied)
      throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    try (Backend backend = Backends.open(BackendChoice.SCALAR)) {
      List<TensorData> tensors = new ArrayList<>();
      double bound = 1 / Math.sqrt(hidden);
      double deviation = isTied ? bound : 1;
      tensors.add(matrix(backend, random, "embedding.weight", items, embedding, deviation));
      tensors.add(matrix(backend, random, "gru.weight_ih_l0", 3 * hidden, embedding, bound));
      tensors.add(matrix(backend, random, "gru.weight_hh_l0", 3 * hidden, hidden, bound));
      tensors.add(vector(backend, random, "gru.bias_ih_l0", 3 * hidden, bound));
      tensors.add(vector(backend, random, "gru.bias_hh_l0", 3 * hidden, bound));
      if (!isTied) {
        tensors.add(matrix(backend, random, "output.weight", items, hidden, bound));
      }
      tensors.add(vector(backend, random, "output.bias", items, bound));
      tensors.add(new TensorData.Ints("statistics.support", new int[items]));
      tensors.add(new TensorData.Ints("statistics.offsets", new int[items + 1]));
      tensors.add(new TensorData.Ints("statistics.successors", new int[0]));
      tensors.add(new TensorData.Ints("statistics.counts", new int[0]));
      SafetensorsWriter.write(file, tensors, Map.of("format", "pt"));
    }
  }

  private static TensorData matrix(
      Backend backend,
      SplittableRandom random,
      String name,
      int rows,
      int columns,
      double deviation) {
    Tensor tensor = backend.allocate(rows, columns);
    float[] row = new float[columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        row[j] = (float) (deviation * random.nextGaussian());
      }
      tensor.write(i, FloatBuffer.wrap(row));
    }
    long[] shape = rows == 1 ? new long[] {columns} : new long[] {rows, columns};
    return new TensorData.Floats(name, shape, tensor);
  }

  private static TensorData vector(
      Backend backend, SplittableRandom random, String name, int size, double deviation) {
    return matrix(backend, random, name, 1, size, deviation);
  }

  /// Films and books are described, tracks have the name of an album.
  private static void writeItems(Path file, int items, int described) throws IOException {
    SplittableRandom random = new SplittableRandom(2);
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (int item = 0; item < items; item++) {
        ObjectNode line = JSON.createObjectNode();
        line.put("Item_ID", itemId(item)).put("Title", "item " + item);
        line.putArray("Genre").add("genre " + random.nextInt(40)).add("genre " + item % 7);
        line.put(
                "Description",
                words(random, item % DOMAINS.length == 0 ? described / 10 : described))
            .put("Popularity", random.nextInt(100))
            .put("Creator", "creator " + random.nextInt(20_000))
            .put("Timestamp", "")
            .put("Item_Type", DOMAINS[item % DOMAINS.length])
            .put("Support", 0);
        out.write(line.toString());
        out.write('\n');
      }
    }
  }

  private static String words(SplittableRandom random, int count) {
    StringBuilder words = new StringBuilder();
    for (int i = 0; i < count; i++) {
      // A few words are frequent and many are rare, as in any language.
      int rank = (int) Math.exp(random.nextDouble() * Math.log(30_000));
      words.append(i == 0 ? "" : " ").append("word").append(rank);
    }
    return words.toString();
  }
}
