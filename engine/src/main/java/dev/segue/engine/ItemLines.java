package dev.segue.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.segue.data.Item;
import dev.segue.engine.files.PlainJson;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// `items.jsonl`: one item a line with the unified columns, genres as an array, and `Support`, the
/// number of training events (0 for cold items).
final class ItemLines {
  private static final String[] TEXTS = {
    "Item_ID", "Title", "Item_Type", "Description", "Creator", "Timestamp"
  };
  private static final int WINDOW_BYTES = 1 << 26;
  private static final int PART_BYTES = 1 << 20;

  private ItemLines() {}

  static void write(Path file, List<Item> items, int[] support) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (int i = 0; i < items.size(); i++) {
        Item item = items.get(i);
        ObjectNode line = JsonNodeFactory.instance.objectNode();
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

  /// Reads the items, parts of the file on several threads.
  ///
  /// @param expected how many there must be
  static List<Item> read(Path file, int expected) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return read(in, Files.size(file), expected);
    }
  }

  /// Reads the items of an open file.
  ///
  /// @param size bytes that there are
  /// @param expected how many items there must be
  static List<Item> read(InputStream in, long size, int expected) throws IOException {
    List<Item> items = new ArrayList<>();
    byte[] window = new byte[Math.clamp(size + 1, 1, WINDOW_BYTES)];
    int kept = 0;
    boolean isLast = false;
    while (!isLast) {
      int length = kept + in.readNBytes(window, kept, window.length - kept);
      isLast = length < window.length;
      int end = isLast ? length : endOfLine(window, length);
      read(window, end, items);
      kept = length - end;
      System.arraycopy(window, end, window, 0, kept);
      if (kept == window.length) {
        window = Arrays.copyOf(window, Math.multiplyExact(2, kept));
      }
    }
    if (items.size() != expected) {
      throw new IOException(
          "does not fit config.json, expected %d items, got %d".formatted(expected, items.size()));
    }
    return items;
  }

  /// Reads the item of one line, with or without its newline.
  ///
  /// @param number of the line, from 1
  static Item one(byte[] bytes, int from, int to, int number) throws IOException {
    Item plain = plain(PlainJson.read(bytes, from, to));
    if (plain != null) {
      return plain;
    }
    ItemLinesPart part = ItemLinesPart.read(bytes, from, to);
    if (part.items().isEmpty()) {
      String failure = part.failure() == null ? "Item_ID is missing" : part.failure();
      throw new IOException("line %d: %s".formatted(number, failure), part.cause());
    }
    return part.items().getFirst();
  }

  /// Returns the item of a line whose values have the types that are written, or null.
  private static @Nullable Item plain(@Nullable JsonNode line) {
    if (line == null || !line.path("Genre").isArray() || !line.path("Popularity").isNumber()) {
      return null;
    }
    List<String> genres = new ArrayList<>();
    for (JsonNode genre : line.path("Genre")) {
      if (!genre.isTextual()) {
        return null;
      }
      genres.add(genre.textValue());
    }
    String[] texts = new String[TEXTS.length];
    for (int i = 0; i < TEXTS.length; i++) {
      if (!line.path(TEXTS[i]).isTextual()) {
        return null;
      }
      texts[i] = line.path(TEXTS[i]).textValue();
    }
    if (texts[0].isEmpty()) {
      return null;
    }
    double popularity = line.path("Popularity").doubleValue();
    return new Item(texts[0], texts[1], texts[2], genres, texts[3], popularity, texts[4], texts[5]);
  }

  /// Returns where the last whole line ends.
  private static int endOfLine(byte[] bytes, int length) {
    int end = length;
    while (end > 0 && bytes[end - 1] != '\n') {
      end--;
    }
    return end;
  }

  private static void read(byte[] bytes, int length, List<Item> items) throws IOException {
    int parts = length / PART_BYTES + 1;
    List<ItemLinesPart> read =
        IntStream.range(0, parts)
            .parallel()
            .mapToObj(part -> {
              int from = endOfLine(bytes, (int) ((long) length * part / parts));
              int to = endOfLine(bytes, (int) ((long) length * (part + 1) / parts));
              return ItemLinesPart.read(bytes, from, part == parts - 1 ? length : to);
            })
            .toList();
    for (ItemLinesPart part : read) {
      items.addAll(part.items());
      if (part.failure() != null) {
        throw new IOException(
            "line %d: %s".formatted(items.size() + 1, part.failure()), part.cause());
      }
    }
  }
}
