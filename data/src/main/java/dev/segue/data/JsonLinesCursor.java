package dev.segue.data;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// JSON Lines: one object a line. Its columns are the names that occur in the first thousand
/// objects; one that comes up only later is an error, since what it holds would be lost.
final class JsonLinesCursor implements RecordCursor {
  private static final int HEADER_LINES = 1000;
  private static final JsonFactory JSON = new JsonFactory();

  private final Path file;
  private final BufferedReader text;
  private final List<String> header;
  private final Deque<Line> ahead = new ArrayDeque<>();
  private long lineNumber;

  private record Line(long number, Map<String, String> fields) {}

  JsonLinesCursor(Path file, BufferedReader text) {
    this.file = file;
    this.text = text;
    Set<String> names = new LinkedHashSet<>();
    while (ahead.size() < HEADER_LINES) {
      Line line = read();
      if (line == null) {
        break;
      }
      ahead.add(line);
      names.addAll(line.fields.keySet());
    }
    header = List.copyOf(names);
  }

  @Override
  public List<String> header() {
    return header;
  }

  @Override
  public @Nullable Cells next() {
    Line line = ahead.isEmpty() ? read() : ahead.remove();
    if (line == null) {
      return null;
    }
    List<String> cells = new ArrayList<>(header.size());
    for (String name : header) {
      cells.add(line.fields.getOrDefault(name, ""));
    }
    for (String name : line.fields.keySet()) {
      if (!header.contains(name)) {
        throw new DataException(
            "%s:%d: %s: a name that the first %d lines do not have; columns found: %s"
                .formatted(file, line.number, name, HEADER_LINES, String.join(", ", header)));
      }
    }
    return new Cells(line.number, cells);
  }

  @Override
  public void close() {
    try {
      text.close();
    } catch (IOException e) {
      throw TextInput.failure(file, e);
    }
  }

  private @Nullable Line read() {
    try {
      String json;
      do {
        json = text.readLine();
        lineNumber++;
      } while (json != null && json.isBlank());
      return json == null ? null : new Line(lineNumber, parse(json));
    } catch (JsonProcessingException e) {
      throw new DataException(
          "%s:%d: not a JSON object: %s".formatted(file, lineNumber, e.getOriginalMessage()), e);
    } catch (IOException e) {
      throw TextInput.failure(file, e);
    }
  }

  private Map<String, String> parse(String json) throws IOException {
    Map<String, String> fields = new LinkedHashMap<>();
    try (JsonParser parser = JSON.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new DataException(
            "%s:%d: not a JSON object, expected one on each line".formatted(file, lineNumber));
      }
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        fields.put(name, value(parser, name));
      }
    }
    return fields;
  }

  private String value(JsonParser parser, String name) throws IOException {
    JsonToken token = parser.nextToken();
    if (token == JsonToken.VALUE_NULL) {
      return "";
    }
    if (token == JsonToken.START_ARRAY) {
      List<String> values = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        values.add(scalar(parser, name));
      }
      return CellText.list(values);
    }
    return scalar(parser, name);
  }

  private String scalar(JsonParser parser, String name) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == null || !token.isScalarValue()) {
      throw new DataException(
          "%s:%d: %s: nested JSON, expected text, a number or a list of them"
              .formatted(file, lineNumber, name));
    }
    return parser.getText();
  }
}
