package dev.segue.data;

import java.text.Normalizer;
import java.util.Locale;

/// Brings texts to a form in which case, accents and the width of letters make no difference.
///
/// Accents and the vowel points of Hebrew and Arabic go, since people leave them out when they
/// type. Marks that make another letter stay: the vowel signs of Indian scripts, the voicing marks
/// of kana.
public final class FoldedText {
  private FoldedText() {}

  /// Returns the folded form: `Amélie — Straße` gives `amelie - strasse`.
  public static String of(String text) {
    if (isPlain(text)) {
      return collapse(text.toLowerCase(Locale.ROOT));
    }
    String decomposed = Normalizer.normalize(text, Normalizer.Form.NFKD);
    // Upper case first: it is what brings ß to SS.
    String cased = decomposed.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    var folded = new StringBuilder(cased.length());
    cased.codePoints().forEach(c -> append(folded, c));
    return collapse(Normalizer.normalize(folded, Normalizer.Form.NFC));
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  private static void append(StringBuilder folded, int c) {
    switch (c) {
      case 'ø' -> folded.append('o');
      case 'ł' -> folded.append('l');
      case 'đ', 'ð' -> folded.append('d');
      case 'ħ' -> folded.append('h');
      case 'ı' -> folded.append('i');
      case 'æ' -> folded.append("ae");
      case 'œ' -> folded.append("oe");
      case 'þ' -> folded.append("th");
      case 'ς' -> folded.append('σ');
      case '‘', '’', 'ʼ' -> folded.append('\'');
      case '“', '”', '«', '»' -> folded.append('"');
      case '‐', '‑', '‒', '–', '—' -> folded.append('-');
      default -> {
        if (!isDroppedMark(c)) {
          folded.appendCodePoint(c);
        }
      }
    }
  }

  private static boolean isDroppedMark(int c) {
    if (Character.getType(c) != Character.NON_SPACING_MARK) {
      return false;
    }
    Character.UnicodeScript script = Character.UnicodeScript.of(c);
    boolean isKanaVoicing = c == 0x3099 || c == 0x309A;
    return !isKanaVoicing
        && (script == Character.UnicodeScript.INHERITED
            || script == Character.UnicodeScript.HEBREW
            || script == Character.UnicodeScript.ARABIC
            || script == Character.UnicodeScript.CYRILLIC);
  }

  /// Any white space becomes one space, none is left at the ends.
  private static String collapse(String text) {
    var collapsed = new StringBuilder(text.length());
    boolean isGap = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
        isGap = true;
      } else {
        if (isGap && !collapsed.isEmpty()) {
          collapsed.append(' ');
        }
        isGap = false;
        collapsed.append(c);
      }
    }
    return collapsed.toString();
  }
}
