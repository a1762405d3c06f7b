package dev.segue.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;

/// The values that a setting may have.
sealed interface ValueRange {

  /// Returns the value in the form in which it is stored.
  ///
  /// @throws IllegalArgumentException when the text is no value of this range; no message
  String canonical(String text);

  /// Returns the value of a setting in the form in which it is stored.
  ///
  /// @throws IllegalArgumentException that names the setting and what is expected
  default String canonical(String key, String text) {
    try {
      return canonical(text.strip());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "set: %s: expected %s, got \"%s\"".formatted(key, expected(), text), e);
    }
  }

  /// Returns a canonical value as JSON.
  JsonNode json(String canonical);

  /// Returns what is expected, for messages: `an integer 1 to 65536`.
  String expected();

  /// Whole numbers.
  ///
  /// @param least the least value allowed
  /// @param greatest the greatest value allowed
  record Whole(long least, long greatest) implements ValueRange {
    @Override
    public String canonical(String text) {
      long value = Long.parseLong(text);
      if (value < least || value > greatest) {
        throw new IllegalArgumentException();
      }
      return Long.toString(value);
    }

    @Override
    public JsonNode json(String canonical) {
      return LongNode.valueOf(Long.parseLong(canonical));
    }

    @Override
    public String expected() {
      return least == Long.MIN_VALUE
          ? "an integer of 64 bits"
          : "an integer %d to %d".formatted(least, greatest);
    }
  }

  /// Reads a decimal number, with none of what Java's source may have besides: hexadecimal, `NaN`,
  /// a type's letter, spaces.
  private static double decimal(String text) {
    if (!text.chars().allMatch(c -> (c >= '0' && c <= '9') || ".eE+-".indexOf(c) >= 0)) {
      throw new NumberFormatException(text);
    }
    return Double.parseDouble(text);
  }

  /// Finite real numbers.
  ///
  /// @param bound the lower bound
  /// @param bounded whether the bound itself is allowed
  /// @param below all values are less than this
  record Real(double bound, boolean bounded, double below) implements ValueRange {
    @Override
    public String canonical(String text) {
      double value = decimal(text);
      boolean aboveBound = bounded ? value >= bound : value > bound;
      if (!aboveBound || value >= below) {
        throw new IllegalArgumentException();
      }
      return Double.toString(value);
    }

    @Override
    public JsonNode json(String canonical) {
      return DoubleNode.valueOf(Double.parseDouble(canonical));
    }

    @Override
    public String expected() {
      String from = (bounded ? "a number from %s" : "a number above %s").formatted(bound);
      return Double.isInfinite(below) ? from : from + " to below " + below;
    }
  }

  /// One of some words.
  ///
  /// @param words what is allowed
  record Choice(List<String> words) implements ValueRange {
    Choice(String... words) {
      this(List.of(words));
    }

    @Override
    public String canonical(String text) {
      if (!words.contains(text)) {
        throw new IllegalArgumentException();
      }
      return text;
    }

    @Override
    public JsonNode json(String canonical) {
      return TextNode.valueOf(canonical);
    }

    @Override
    public String expected() {
      return "one of " + String.join(", ", words);
    }
  }

  /// `true` or `false`.
  record Flag() implements ValueRange {
    @Override
    public String canonical(String text) {
      if (!text.equals("true") && !text.equals("false")) {
        throw new IllegalArgumentException();
      }
      return text;
    }

    @Override
    public JsonNode json(String canonical) {
      return BooleanNode.valueOf(canonical.equals("true"));
    }

    @Override
    public String expected() {
      return "true or false";
    }
  }

  /// One of some words, or a finite number above 0.
  ///
  /// @param words in the order in which they are named
  record WordOrAboveZero(List<String> words) implements ValueRange {
    @Override
    public String canonical(String text) {
      if (words.contains(text)) {
        return text;
      }
      double value = decimal(text);
      if (!(value > 0) || Double.isInfinite(value)) {
        throw new IllegalArgumentException();
      }
      return Double.toString(value);
    }

    @Override
    public JsonNode json(String canonical) {
      return words.contains(canonical)
          ? TextNode.valueOf(canonical)
          : DoubleNode.valueOf(Double.parseDouble(canonical));
    }

    @Override
    public String expected() {
      return String.join(", ", words) + " or a number above 0";
    }
  }
}
