package dev.segue.engine.tuning;

import com.fasterxml.jackson.databind.JsonNode;
import dev.segue.engine.random.SeededRandom;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/// The values that a search draws for one setting.
sealed interface Dimension {

  /// Draws a value.
  String draw(SeededRandom random);

  /// Returns values that must be allowed if all drawn ones are.
  List<String> extremes();

  /// Reads an array of values, or an object with `from`, `to` and perhaps `scale`.
  ///
  /// @throws IllegalArgumentException that says what is expected
  static Dimension parse(JsonNode json) {
    if (json.isArray()) {
      return Choices.parse(json);
    }
    if (json.isObject()) {
      return Range.parse(json);
    }
    throw new IllegalArgumentException(
        "expected an array of values or an object with from and to, got " + json);
  }

  /// One of some values, each equally likely.
  ///
  /// @param values at least one
  record Choices(List<String> values) implements Dimension {
    private static Choices parse(JsonNode array) {
      List<String> values = new ArrayList<>();
      for (JsonNode value : array) {
        if (!value.isValueNode() || value.isNull()) {
          throw new IllegalArgumentException(
              "expected numbers, words, true or false, got " + value);
        }
        values.add(value.asText());
      }
      if (values.isEmpty()) {
        throw new IllegalArgumentException("expected at least one value, got []");
      }
      return new Choices(List.copyOf(values));
    }

    @Override
    public String draw(SeededRandom random) {
      return values.get(random.nextInt(values.size()));
    }

    @Override
    public List<String> extremes() {
      return values;
    }
  }

  /// Numbers of an interval, uniform, or uniform in their logarithm, with three significant digits.
  ///
  /// @param from the least
  /// @param to the greatest
  /// @param logarithmic whether the logarithm is uniform
  /// @param whole whether they are whole numbers
  record Range(double from, double to, boolean logarithmic, boolean whole) implements Dimension {
    private static final List<String> KEYS = List.of("from", "to", "scale");
    private static final MathContext DIGITS = new MathContext(3);

    private static Range parse(JsonNode json) {
      json.fieldNames()
          .forEachRemaining(key -> {
            if (!KEYS.contains(key)) {
              throw new IllegalArgumentException(
                  "expected from, to and scale, got \"" + key + "\"");
            }
          });
      JsonNode from = json.path("from");
      JsonNode to = json.path("to");
      if (!from.isNumber() || !to.isNumber() || from.asDouble() > to.asDouble()) {
        throw new IllegalArgumentException(
            "expected numbers from and to with from <= to, got %s to %s"
                .formatted(text(from), text(to)));
      }
      String scale = json.path("scale").asText("linear");
      if (!List.of("linear", "log").contains(scale)) {
        throw new IllegalArgumentException("scale, expected linear or log, got " + scale);
      }
      boolean logarithmic = scale.equals("log");
      if (logarithmic && !(from.asDouble() > 0)) {
        throw new IllegalArgumentException("expected from above 0 with scale log, got " + from);
      }
      boolean whole = from.isIntegralNumber() && to.isIntegralNumber();
      return new Range(from.asDouble(), to.asDouble(), logarithmic, whole);
    }

    private static String text(JsonNode node) {
      return node.isMissingNode() ? "nothing" : node.toString();
    }

    @Override
    public String draw(SeededRandom random) {
      double share = random.nextDouble();
      double last = whole ? to + 1 : to;
      double drawn =
          logarithmic ? from * Math.pow(last / from, share) : from + share * (last - from);
      return format(whole ? Math.min(Math.floor(drawn), to) : drawn);
    }

    @Override
    public List<String> extremes() {
      return List.of(format(from), format(to));
    }

    private String format(double value) {
      BigDecimal exact = new BigDecimal(value);
      return whole ? exact.toBigInteger().toString() : exact.round(DIGITS).toPlainString();
    }
  }
}
