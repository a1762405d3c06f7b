package dev.segue.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.segue.data.Item;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// `items.jsonl`: one item a line with the unified columns, genres as an array, and `Support`, the
/// number of training events (0 for cold items).
final class ItemLines {
  private static final JsonMapper JSON = new JsonMapper();

  private ItemLines() {}

  static void write(Path file, List<Item> items, int[] support) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (int i = 0; i < items.size(); i++) {
        Item item = items.get(i);
        ObjectNode line = JSON.createObjectNode();
        line.put("Item_ID", item.id()).put("Title", item.title());
        ArrayNode genres = line.putArray("Genre");
        item.genres().forEach(genres::add);
        line.put("Description", item.description())
            .put("Popularity", item.popularity())
            .put("Creator", item.creator())
            .put("Timestamp", item.timestamp())
            .put("Item_Type", item.domain())
            .put("Support", i < support.length ? support[i] : 0);
        out.write(line.toString());
        out.write('\n');
      }
    }
  }

  static List<Item> read(Path file, int expected) throws IOException {
    List<Item> items = new ArrayList<>();
    try (BufferedReader in = Files.newBufferedReader(file)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        items.add(item(line, items.size() + 1));
      }
    }
    if (items.size() != expected) {
      throw new IOException(
          "does not fit config.json, expected %d items, got %d".formatted(expected, items.size()));
    }
    return items;
  }

  private static Item item(String line, int number) throws IOException {
    JsonNode json;
    try {
      json = JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new IOException("line %d: not JSON".formatted(number), e);
    }
    if (json.path("Item_ID").asText().isEmpty()) {
      throw new IOException("line %d: Item_ID is missing".formatted(number));
    }
    List<String> genres = new ArrayList<>();
    json.path("Genre").forEach(genre -> genres.add(genre.asText()));
    return new Item(
        json.path("Item_ID").asText(),
        json.path("Title").asText(),
        json.path("Item_Type").asText(),
        genres,
        json.path("Description").asText(),
        json.path("Popularity").asDouble(),
        json.path("Creator").asText(),
        json.path("Timestamp").asText());
  }
}
