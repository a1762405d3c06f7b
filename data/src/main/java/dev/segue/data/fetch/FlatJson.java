package dev.segue.data.fetch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;

/// A file with one JSON object of strings, numbers and truth values, written whole or not at all.
final class FlatJson {
  private static final JsonFactory JSON = new JsonFactory();

  private FlatJson() {}

  static void write(Path file, Map<String, Object> fields) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".tmp");
    try {
      try (Writer out = Files.newBufferedWriter(part);
          JsonGenerator json = JSON.createGenerator(out)) {
        json.setPrettyPrinter(new DefaultPrettyPrinter());
        json.writeStartObject();
        for (Map.Entry<String, Object> field : fields.entrySet()) {
          json.writeFieldName(field.getKey());
          switch (field.getValue()) {
            case Long number -> json.writeNumber(number);
            case Boolean truth -> json.writeBoolean(truth);
            case Object other -> json.writeString(other.toString());
          }
        }
        json.writeEndObject();
        json.writeRaw('\n');
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /// Returns the fields as text, or nothing when the file is missing or not what this class writes.
  static Map<String, String> read(Path file) throws IOException {
    Map<String, String> fields = new LinkedHashMap<>();
    if (!Files.isRegularFile(file)) {
      return fields;
    }
    try (JsonParser json = JSON.createParser(Files.readString(file))) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return Map.of();
      }
      for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
        if (!json.nextToken().isScalarValue()) {
          return Map.of();
        }
        fields.put(name, json.getText());
      }
      return fields;
    } catch (com.fasterxml.jackson.core.JsonProcessingException
        | java.nio.charset.CharacterCodingException e) {
      return Map.of();
    }
  }
}
