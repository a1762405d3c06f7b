package dev.segue.data;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A value of a JSON file with its place, so that what is wrong with it can be said with file, line
/// and column.
///
/// @param place `file:line:column` of the value, or of its name where it has one
/// @param value null, text, [Double], [Boolean], a list or a map of such values
record LocatedJson(String place, @Nullable Object value) {
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /// Reads a file of one JSON value.
  static LocatedJson read(Path file) {
    try (BufferedReader text = TextInput.open(file)) {
      return read(file.toString(), text);
    } catch (IOException e) {
      throw TextInput.failure(file, e);
    }
  }

  /// Reads text; the name stands in the places of its values.
  static LocatedJson read(String name, BufferedReader text) throws IOException {
    try (JsonParser json = JSON.createParser(text)) {
      if (json.nextToken() == null) {
        throw new DataException(name + ": empty, expected a JSON object");
      }
      LocatedJson value = value(name, json, place(name, json.currentTokenLocation()));
      if (json.nextToken() != null) {
        throw new DataException(
            place(name, json.currentTokenLocation()) + ": expected nothing after the JSON object");
      }
      return value;
    } catch (JsonProcessingException e) {
      throw new DataException(
          "%s: not JSON: %s"
              .formatted(
                  place(name, e.getLocation()),
                  e.getOriginalMessage().lines().findFirst().orElse("")),
          e);
    }
  }

  private static LocatedJson value(String name, JsonParser json, String place) throws IOException {
    return new LocatedJson(
        place,
        switch (json.currentToken()) {
          case START_OBJECT -> members(name, json);
          case START_ARRAY -> elements(name, json);
          case VALUE_STRING -> json.getText();
          case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> json.getDoubleValue();
          case VALUE_TRUE, VALUE_FALSE -> json.getBooleanValue();
          default -> null;
        });
  }

  private static Map<String, LocatedJson> members(String name, JsonParser json) throws IOException {
    Map<String, LocatedJson> members = new LinkedHashMap<>();
    for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
      String place = place(name, json.currentTokenLocation());
      json.nextToken();
      members.put(key, value(name, json, place));
    }
    return members;
  }

  private static List<LocatedJson> elements(String name, JsonParser json) throws IOException {
    List<LocatedJson> elements = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      elements.add(value(name, json, place(name, json.currentTokenLocation())));
    }
    return elements;
  }

  private static String place(String name, JsonLocation at) {
    return "%s:%d:%d".formatted(name, at.getLineNr(), at.getColumnNr());
  }

  /// Returns the members of an object; another value, or a name that is not expected, is an error.
  Map<String, LocatedJson> object(String what, List<String> expected) {
    if (!(value instanceof Map<?, ?> map)) {
      throw wrong(what, "an object {…}");
    }
    Map<String, LocatedJson> members = new LinkedHashMap<>();
    map.forEach((key, member) -> members.put((String) key, (LocatedJson) member));
    for (Map.Entry<String, LocatedJson> member : members.entrySet()) {
      if (!expected.contains(member.getKey())) {
        throw new DataException(
            "%s: %s: no such setting, expected one of %s"
                .formatted(member.getValue().place, member.getKey(), String.join(", ", expected)));
      }
    }
    return members;
  }

  /// Returns text that is not empty.
  String text(String what) {
    if (value instanceof String text && !text.isEmpty()) {
      return text;
    }
    throw wrong(what, "text in quotes");
  }

  /// Returns texts: one alone, or a list of at least one.
  List<LocatedJson> oneOrMore(String what) {
    if (value instanceof List<?> list && !list.isEmpty()) {
      return list.stream().map(LocatedJson.class::cast).toList();
    }
    if (value instanceof String) {
      return List.of(this);
    }
    throw wrong(what, "a name or a list of names");
  }

  boolean truth(String what) {
    if (value instanceof Boolean truth) {
      return truth;
    }
    throw wrong(what, "true or false");
  }

  /// Returns what is wrong with this value, as `place: what: expected …, got …`.
  DataException wrong(String what, String expected) {
    return new DataException(
        "%s: %s: expected %s, got %s".formatted(place, what, expected, shown()));
  }

  private String shown() {
    return switch (value) {
      case null -> "null";
      case String text -> JsonText.quote(text);
      case Double number -> CellText.number(number);
      case List<?> list -> list.isEmpty() ? "[]" : "a list";
      case Map<?, ?> map -> "an object";
      default -> value.toString();
    };
  }

  /// Runs a check of this value; an `IllegalArgumentException` becomes an error with its place.
  <T> T checked(String what, Supplier<T> check) {
    try {
      return check.get();
    } catch (IllegalArgumentException e) {
      throw new DataException(
          "%s: %s: %s, got %s".formatted(place, what, e.getMessage(), shown()), e);
    }
  }
}
