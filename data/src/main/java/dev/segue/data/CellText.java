package dev.segue.data;

import dev.hardwood.row.PqList;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.stream.Collectors;

/// Values of formats that have types, as the text that a CSV file would hold.
final class CellText {
  private CellText() {}

  static String of(Object value) {
    return switch (value) {
      case String text -> text;
      case byte[] bytes -> new String(bytes, StandardCharsets.UTF_8);
      case Double number -> number(number);
      case Float number -> number(Double.parseDouble(number.toString()));
      case PqList list -> list(list.values());
      case Collection<?> list -> list(list);
      default -> value.toString();
    };
  }

  /// Whole numbers without a fraction and no exponents: ids may come as floating-point numbers.
  static String number(double value) {
    if (!Double.isFinite(value)) {
      return Double.isNaN(value) ? "" : Double.toString(value);
    }
    String text = new BigDecimal(Double.toString(value)).toPlainString();
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  /// A list as Python writes it, which is how the public sets hold lists in CSV.
  static String list(Collection<?> values) {
    return values.stream()
        .map(value -> value == null ? "" : of(value))
        .map(text -> "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'")
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
