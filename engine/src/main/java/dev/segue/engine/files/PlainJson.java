package dev.segue.engine.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Reads JSON as it is usually written. What is unusual it leaves to Jackson, and so does it decide
/// nothing: a tree that it returns is the one that Jackson returns, and where there is any doubt it
/// returns none.
///
/// It exists since Jackson's parser takes 0.1 s to load, a third of the time in which a model is
/// loaded and answers.
public final class PlainJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int END = -1;
  private static final int OTHER = -2;
  private static final int MOST_DEPTH = 20;
  private static final int MOST_DIGITS = 18;
  private static final char MALFORMED = '\ufffd';

  private final byte[] bytes;
  private final int end;
  private int at;

  private PlainJson(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.at = from;
    this.end = to;
  }

  /// Reads the one value in `bytes[from..to)`.
  ///
  /// @return null where Jackson has to decide
  public static @Nullable JsonNode read(byte[] bytes, int from, int to) {
    PlainJson json = new PlainJson(bytes, from, to);
    JsonNode value = json.value(0);
    return json.next() == END ? value : null;
  }

  /// Skips spaces and returns the next byte without taking it, [#OTHER] for one of a character that
  /// is not ASCII, or [#END].
  private int next() {
    while (at < end
        && (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\r' || bytes[at] == '\t')) {
      at++;
    }
    if (at == end) {
      return END;
    }
    return bytes[at] < 0 ? OTHER : bytes[at];
  }

  private boolean takes(char expected) {
    if (next() != expected) {
      return false;
    }
    at++;
    return true;
  }

  private @Nullable JsonNode value(int depth) {
    if (depth > MOST_DEPTH) {
      return null;
    }
    return switch (next()) {
      case '{' -> object(depth);
      case '[' -> array(depth);
      case '"' -> {
        String text = text();
        yield text == null ? null : NODES.textNode(text);
      }
      case 't' -> word("true", NODES.booleanNode(true));
      case 'f' -> word("false", NODES.booleanNode(false));
      case 'n' -> word("null", NODES.nullNode());
      default -> number();
    };
  }

  private @Nullable JsonNode word(String word, JsonNode value) {
    for (int i = 0; i < word.length(); i++, at++) {
      if (at == end || bytes[at] != word.charAt(i)) {
        return null;
      }
    }
    return isEndOfValue() ? value : null;
  }

  private @Nullable ObjectNode object(int depth) {
    ObjectNode object = NODES.objectNode();
    at++;
    if (takes('}')) {
      return object;
    }
    do {
      String name = next() == '"' ? text() : null;
      JsonNode value = name == null || object.has(name) || !takes(':') ? null : value(depth + 1);
      if (value == null) {
        return null;
      }
      object.set(name, value);
    } while (takes(','));
    return takes('}') ? object : null;
  }

  private @Nullable ArrayNode array(int depth) {
    ArrayNode array = NODES.arrayNode();
    at++;
    if (takes(']')) {
      return array;
    }
    do {
      JsonNode value = value(depth + 1);
      if (value == null) {
        return null;
      }
      array.add(value);
    } while (takes(','));
    return takes(']') ? array : null;
  }

  private @Nullable JsonNode number() {
    int start = at;
    boolean isNegative = at < end && bytes[at] == '-';
    at += isNegative ? 1 : 0;
    int digits = digits();
    if (digits == 0 || (digits > 1 && bytes[at - digits] == '0')) {
      return null;
    }
    boolean isWhole = true;
    if (at < end && bytes[at] == '.') {
      at++;
      isWhole = false;
      if (digits() == 0) {
        return null;
      }
    }
    if (at < end && (bytes[at] == 'e' || bytes[at] == 'E')) {
      at++;
      isWhole = false;
      at += at < end && (bytes[at] == '-' || bytes[at] == '+') ? 1 : 0;
      if (digits() == 0) {
        return null;
      }
    }
    if (!isEndOfValue() || digits > MOST_DIGITS) {
      return null;
    }
    String text = new String(bytes, start, at - start, StandardCharsets.ISO_8859_1);
    if (!isWhole) {
      return NODES.numberNode(Double.parseDouble(text));
    }
    long value = Long.parseLong(text);
    return value == (int) value ? NODES.numberNode((int) value) : NODES.numberNode(value);
  }

  /// Takes digits and returns how many there were.
  private int digits() {
    int start = at;
    while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
      at++;
    }
    return at - start;
  }

  private boolean isEndOfValue() {
    int next = at == end ? ' ' : bytes[at];
    return (next <= ' ' && next >= 0) || next == ',' || next == '}' || next == ']';
  }

  private @Nullable String text() {
    int start = ++at;
    boolean isAscii = true;
    while (at < end && bytes[at] != '"' && bytes[at] != '\\') {
      if (bytes[at] >= 0 && bytes[at] < ' ') {
        return null;
      }
      isAscii &= bytes[at] >= 0;
      at++;
    }
    if (at == end) {
      return null;
    }
    String text =
        new String(
            bytes,
            start,
            at - start,
            isAscii ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
    if (!isAscii && text.indexOf(MALFORMED) >= 0) {
      return null;
    }
    if (bytes[at] == '"') {
      at++;
      return text;
    }
    return escaped(text);
  }

  /// Reads an escaped character and the rest of a text.
  private @Nullable String escaped(String before) {
    at++;
    char character =
        switch (at < end ? bytes[at] : 0) {
          case '"' -> '"';
          case '\\' -> '\\';
          case '/' -> '/';
          case 'b' -> '\b';
          case 'f' -> '\f';
          case 'n' -> '\n';
          case 'r' -> '\r';
          case 't' -> '\t';
          default -> 0;
        };
    if (character == 0) {
      return null;
    }
    String rest = text();
    return rest == null ? null : before + character + rest;
  }
}
