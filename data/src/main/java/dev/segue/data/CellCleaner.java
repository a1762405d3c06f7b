package dev.segue.data;

import java.util.regex.Pattern;

/// Cleans the texts of one source and counts what it does, by column.
final class CellCleaner {
  private static final Pattern SPACE = Pattern.compile("[\\s\\p{Z}]+");
  private static final char NO_BREAK_SPACE = '\u00A0';
  private static final char REPLACEMENT = '\uFFFD';

  private final Table table;
  private final CleaningRecorder recorder;

  CellCleaner(Table table, CleaningRecorder recorder) {
    this.table = table;
    this.recorder = recorder;
  }

  /// Returns a cell that stands on one line: white space at its ends removed and collapsed inside.
  String line(Table.Row row, int column) {
    String text = repaired(row, column);
    String line = collapsed(text);
    if (!line.equals(text)) {
      count("white space trimmed or collapsed", row, column);
    }
    return line;
  }

  /// Returns a cell that may hold several lines: white space at its ends removed.
  String block(Table.Row row, int column) {
    String text = repaired(row, column);
    String block = text.replace(NO_BREAK_SPACE, ' ').strip();
    if (!block.equals(text)) {
      count("white space trimmed, no-break spaces replaced", row, column);
    }
    return block;
  }

  void count(String action, Table.Row row, int column) {
    recorder.count(table.header().get(column) + ": " + action, row, row.cell(column));
  }

  static String collapsed(String text) {
    if (isCollapsed(text)) {
      return text;
    }
    return SPACE.matcher(text).replaceAll(" ").strip();
  }

  private static boolean isCollapsed(String text) {
    boolean isGap = true;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean isSpace = c == ' ';
      if ((isSpace && isGap) || c < ' ' || c >= 0x7F) {
        return false;
      }
      isGap = isSpace;
    }
    return !isGap || text.isEmpty();
  }

  private String repaired(Table.Row row, int column) {
    String raw = row.cell(column);
    if (isPlain(raw)) {
      return raw;
    }
    String text = Mojibake.repair(raw);
    if (!text.equals(raw)) {
      count("broken encoding repaired", row, column);
    }
    String visible = withoutInvisible(text);
    if (!visible.equals(text)) {
      count("invisible characters removed", row, column);
    }
    if (visible.indexOf(REPLACEMENT) >= 0) {
      count("U+FFFD kept, the character is lost in the source", row, column);
    }
    return visible;
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < ' ' && c != '\n') || c >= 0x7F) {
        return false;
      }
    }
    return true;
  }

  /// Removes control characters but line breaks and tabs, zero-width spaces and byte order marks;
  /// joiners stay, since words of Persian and Indian scripts need them.
  private static String withoutInvisible(String text) {
    var visible = new StringBuilder(text.length());
    text.codePoints()
        .filter(c ->
            c == '\n'
                || c == '\t'
                || c == '\r'
                || !(Character.isISOControl(c) || c == 0x200B || c == 0xFEFF))
        .forEach(visible::appendCodePoint);
    return visible.toString();
  }
}
