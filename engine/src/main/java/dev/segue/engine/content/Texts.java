package dev.segue.engine.content;

import dev.segue.data.FoldedText;
import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Text cut into comparable pieces, in any script.
final class Texts {
  private static final int SHORTEST_WORD = 2;
  private static final int SHORTEST_WORD_WITH_PARTS = 5;
  private static final int LONGEST_WORD_WITH_A_SHORT_PART = 6;
  private static final int SHORT_PART = 4;

  private static final Set<UnicodeScript> WITHOUT_SPACES =
      EnumSet.of(
          UnicodeScript.HAN,
          UnicodeScript.HIRAGANA,
          UnicodeScript.KATAKANA,
          UnicodeScript.THAI,
          UnicodeScript.LAO,
          UnicodeScript.KHMER,
          UnicodeScript.MYANMAR);

  private Texts() {}

  /// Returns the letters and digits of a text in folded form, runs of anything else as one space:
  /// `Amélie: Déjà-vu` gives `amelie deja vu`.
  static String phrase(String text) {
    String folded = FoldedText.of(text);
    StringBuilder phrase = new StringBuilder(folded.length());
    boolean gap = false;
    for (int i = 0; i < folded.length(); ) {
      int point = folded.codePointAt(i);
      if (isWordPart(point)) {
        if (gap && !phrase.isEmpty()) {
          phrase.append(' ');
        }
        phrase.appendCodePoint(point);
        gap = false;
      } else {
        gap = true;
      }
      i += Character.charCount(point);
    }
    return phrase.toString();
  }

  /// Returns the words of a phrase that have at least two characters; scripts that are written
  /// without spaces give every pair of neighbouring characters.
  static List<String> words(String phrase) {
    List<String> words = new ArrayList<>();
    for (int from = 0; from < phrase.length(); ) {
      int space = phrase.indexOf(' ', from);
      int to = space < 0 ? phrase.length() : space;
      addWords(phrase.substring(from, to), words);
      from = to + 1;
    }
    return words;
  }

  /// Returns the beginning of a word of five letters or more, marked as such, so that `vampire`
  /// meets `vampires` in `^vampi`: four letters of a word of up to six, else five. A short word
  /// gives nothing, nor does a pair of characters.
  ///
  /// One part per word and not every run of four letters: both bring nearly the same neighbours,
  /// and the runs take four times the entries of the words.
  static Optional<String> beginning(String word) {
    int letters = word.codePointCount(0, word.length());
    if (letters < SHORTEST_WORD_WITH_PARTS) {
      return Optional.empty();
    }
    int length = letters <= LONGEST_WORD_WITH_A_SHORT_PART ? SHORT_PART : SHORT_PART + 1;
    return Optional.of("^" + word.substring(0, word.offsetByCodePoints(0, length)));
  }

  private static void addWords(String run, List<String> words) {
    int[] points = run.codePoints().toArray();
    for (int from = 0; from < points.length; ) {
      boolean paired = isWithoutSpaces(points[from]);
      int to = from + 1;
      while (to < points.length && isWithoutSpaces(points[to]) == paired) {
        to++;
      }
      if (paired) {
        for (int i = from; i + 1 < to; i++) {
          words.add(new String(points, i, 2));
        }
      } else if (to - from >= SHORTEST_WORD) {
        words.add(new String(points, from, to - from));
      }
      from = to;
    }
  }

  private static boolean isWordPart(int point) {
    return Character.isLetterOrDigit(point)
        || Character.getType(point) == Character.NON_SPACING_MARK
        || Character.getType(point) == Character.COMBINING_SPACING_MARK;
  }

  private static boolean isWithoutSpaces(int point) {
    return point > 0x0e00 && WITHOUT_SPACES.contains(UnicodeScript.of(point));
  }
}
