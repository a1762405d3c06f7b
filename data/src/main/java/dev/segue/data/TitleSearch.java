package dev.segue.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds items by words of their titles, quickly enough to run at every key press.
///
/// All folded titles stand in one text, one a line, most popular first. `String.indexOf`, which the
/// JVM runs in vector instructions, finds the longest word of the query in it, so that a scan of
/// 134,000 titles costs a millisecond or two and no index has to be kept. Hits come in order of
/// popularity by themselves.
final class TitleSearch {
  private final List<Item> items;
  private final int[] order;
  private final String lines;
  private final int[] lineStarts;

  /// Prepares the search.
  ///
  /// @param items all items
  /// @param folded their folded titles
  /// @param order numbers of items, most popular first
  TitleSearch(List<Item> items, List<String> folded, int[] order) {
    this.items = items;
    this.order = order;
    this.lineStarts = new int[order.length + 1];
    var text = new StringBuilder("\n");
    for (int i = 0; i < order.length; i++) {
      lineStarts[i] = text.length();
      text.append(folded.get(order[i])).append('\n');
    }
    lineStarts[order.length] = text.length();
    this.lines = text.toString();
  }

  /// Returns titles equal to the query, then those that start with it, then those where its words
  /// start words, then those that hold its words anywhere; the more popular first in each group.
  List<Item> search(@Nullable String domain, String query, int limit) {
    String folded = FoldedText.of(query);
    var hits = new Hits(domain, limit);
    if (folded.isEmpty()) {
      for (int line = 0; line < order.length && hits.isWanting(); line++) {
        hits.add(line);
      }
      return hits.found;
    }
    String[] words = folded.split(" ");
    scan("\n" + folded + "\n", words, false, hits);
    scan("\n" + folded, words, false, hits);
    scan(longest(words), words, true, hits);
    scan(longest(words), words, false, hits);
    return hits.found;
  }

  /// Adds the lines that hold `needle` and all words, if so asked each at the start of a word.
  private void scan(String needle, String[] words, boolean atWordStart, Hits hits) {
    int at = lines.indexOf(needle);
    while (at >= 0 && hits.isWanting()) {
      int line = lineAt(needle.charAt(0) == '\n' ? at + 1 : at);
      if (line < order.length && holdsAll(line, words, atWordStart)) {
        hits.add(line);
      }
      // The line break before the next line may belong to the next hit.
      at =
          lines.indexOf(needle, Math.max(at + 1, lineStarts[Math.min(line + 1, order.length)] - 1));
    }
  }

  private boolean holdsAll(int line, String[] words, boolean atWordStart) {
    int from = lineStarts[line] - 1;
    int to = lineStarts[line + 1];
    for (String word : words) {
      int at = lines.indexOf(word, from, to);
      while (at >= 0 && atWordStart && !isWordStart(at)) {
        at = lines.indexOf(word, at + 1, to);
      }
      if (at < 0) {
        return false;
      }
    }
    return true;
  }

  private boolean isWordStart(int at) {
    return !Character.isLetterOrDigit(lines.charAt(at - 1));
  }

  private int lineAt(int position) {
    int found = Arrays.binarySearch(lineStarts, position);
    return found >= 0 ? found : -found - 2;
  }

  private static String longest(String[] words) {
    String longest = words[0];
    for (String word : words) {
      longest = word.length() > longest.length() ? word : longest;
    }
    return longest;
  }

  private final class Hits {
    private final @Nullable String domain;
    private final int limit;
    private final List<Item> found = new ArrayList<>();
    private final Set<Integer> lines = new HashSet<>();

    Hits(@Nullable String domain, int limit) {
      this.domain = domain;
      this.limit = limit;
    }

    boolean isWanting() {
      return found.size() < limit;
    }

    void add(int line) {
      Item item = items.get(order[line]);
      if ((domain == null || domain.equals(item.domain())) && lines.add(line)) {
        found.add(item);
      }
    }
  }
}
