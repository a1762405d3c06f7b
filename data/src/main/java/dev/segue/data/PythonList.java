package dev.segue.data;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// Reads a list of strings as Python's `repr` or JSON writes it: `['Classics', "Children's"]`.
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
      at = list.charAt(at) == '\\' ? escape(list, at + 1, string) : plain(list, at, string);
    }
    if (list.charAt(at) != quote) {
      throw malformed(list);
    }
    strings.add(string.toString());
    return at + 1;
  }

  private static int plain(String list, int at, StringBuilder string) {
    string.append(list.charAt(at));
    return at + 1;
  }

  /// Reads what follows a backslash in Python or JSON and returns where the text goes on.
  private static int escape(String list, int at, StringBuilder string) {
    char escaped = list.charAt(at);
    int digits =
        switch (escaped) {
          case 'x' -> 2;
          case 'u' -> 4;
          case 'U' -> 8;
          default -> 0;
        };
    if (digits == 0) {
      string.append(
          switch (escaped) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            default -> escaped;
          });
      return at + 1;
    }
    int end = at + 1 + digits;
    try {
      string.appendCodePoint(HexFormat.fromHexDigits(list, at + 1, end));
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw malformed(list);
    }
    return end;
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
