package dev.segue.engine;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.segue.data.Item;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The items of some whole lines of an `items.jsonl`, up to the first line that is wrong.
///
/// @param items of the lines before it
/// @param failure what is wrong with it, or null
/// @param cause why, where the parser said it
record ItemLinesPart(List<Item> items, @Nullable String failure, @Nullable IOException cause) {
  /// Reads the lines in `bytes[from..to)`.
  static ItemLinesPart read(byte[] bytes, int from, int to) {
    List<Item> items = new ArrayList<>();
    for (int start = from; start < to; ) {
      int end = start;
      while (end < to && bytes[end] != '\n') {
        end++;
      }
      try (JsonParser parser = Jackson.JSON.createParser(bytes, start, end - start)) {
        Item item = item(parser);
        if (item.id().isEmpty()) {
          return new ItemLinesPart(items, "Item_ID is missing", null);
        }
        items.add(item);
      } catch (IOException e) {
        return new ItemLinesPart(items, "not JSON", e);
      }
      start = end + 1;
    }
    return new ItemLinesPart(items, null, null);
  }

  private static Item item(JsonParser parser) throws IOException {
    String id = "";
    String title = "";
    String domain = "";
    List<String> genres = List.of();
    String description = "";
    double popularity = 0;
    String creator = "";
    String timestamp = "";
    if (parser.nextToken() == JsonToken.START_OBJECT) {
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        parser.nextToken();
        switch (name) {
          case "Item_ID" -> id = text(parser);
          case "Title" -> title = text(parser);
          case "Item_Type" -> domain = text(parser);
          case "Genre" -> genres = texts(parser);
          case "Description" -> description = text(parser);
          case "Popularity" -> popularity = parser.getValueAsDouble();
          case "Creator" -> creator = text(parser);
          case "Timestamp" -> timestamp = text(parser);
          default -> {}
        }
        parser.skipChildren();
      }
      if (parser.currentToken() != JsonToken.END_OBJECT) {
        throw new IOException("an object does not end");
      }
    }
    return new Item(id, title, domain, genres, description, popularity, creator, timestamp);
  }

  private static String text(JsonParser parser) throws IOException {
    String text = parser.getValueAsString();
    return text == null ? "" : text;
  }

  private static List<String> texts(JsonParser parser) throws IOException {
    List<String> texts = new ArrayList<>();
    if (parser.currentToken() == JsonToken.START_ARRAY) {
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        texts.add(text(parser));
        parser.skipChildren();
      }
    }
    return texts;
  }

  /// Loaded for all items, not for those of a first answer.
  private static final class Jackson {
    static final JsonFactory JSON = new JsonFactory();
  }
}
