package dev.segue.data;

import java.util.ArrayList;
import java.util.List;

/// Reads a Python list of strings as `repr` writes it: `['Classics', "Children's"]`.
final class PythonList {
  private PythonList() {}

  /// Returns the strings, or throws where the text is no such list.
  static List<String> parse(String text) {
    String list = text.strip();
    if (!list.startsWith("[") || !list.endsWith("]")) {
      throw malformed(text);
    }
    List<String> strings = new ArrayList<>();
    int at = skipSpace(list, 1);
    while (at < list.length() - 1) {
      at = skipSpace(list, string(list, at, strings));
      if (list.charAt(at) == ',') {
        at = skipSpace(list, at + 1);
      } else if (at != list.length() - 1) {
        throw malformed(text);
      }
    }
    return strings;
  }

  private static int string(String list, int from, List<String> strings) {
    char quote = list.charAt(from);
    if (quote != '\'' && quote != '"') {
      throw malformed(list);
    }
    var string = new StringBuilder();
    int at = from + 1;
    while (at < list.length() - 1 && list.charAt(at) != quote) {
      if (list.charAt(at) == '\\') {
        at++;
      }
      string.append(list.charAt(at++));
    }
    if (list.charAt(at) != quote) {
      throw malformed(list);
    }
    strings.add(string.toString());
    return at + 1;
  }

  private static int skipSpace(String list, int from) {
    int at = from;
    while (at < list.length() - 1 && list.charAt(at) == ' ') {
      at++;
    }
    return at;
  }

  private static IllegalArgumentException malformed(String text) {
    return new IllegalArgumentException(
        "list: not a Python list of strings, expected ['a', 'b'], got \"%s\"".formatted(text));
  }
}
