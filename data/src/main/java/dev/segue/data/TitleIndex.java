package dev.segue.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Finds items by title or by `<Domain>_<title>`, exactly or else without regard to case and
/// accents.
final class TitleIndex {
  private static final int MOST_SIMILAR = 5;
  private static final double LEAST_SIMILARITY = 0.4;

  private final List<Item> items;
  private final List<String> folded;
  private final List<String> domains;
  private final int[] byPopularity;
  private final int[] ranks;
  private final Map<String, List<Integer>> byFoldedName;

  TitleIndex(List<Item> items, List<String> folded, int[] byPopularity) {
    this.items = items;
    this.folded = folded;
    this.byPopularity = byPopularity;
    this.domains = items.stream().map(Item::domain).distinct().toList();
    this.ranks = new int[items.size()];
    this.byFoldedName = HashMap.newHashMap(items.size());
    for (int rank = 0; rank < byPopularity.length; rank++) {
      int index = byPopularity[rank];
      ranks[index] = rank;
      Item item = items.get(index);
      put(folded.get(index), index);
      String key = FoldedText.of(keyOf(item));
      if (!key.equals(folded.get(index))) {
        put(key, index);
      }
    }
  }

  /// Finds by title; naming similar ones to an unknown title compares it with every title.
  Lookup find(String text, boolean namesSimilar) {
    List<Integer> fitting = fitting(text);
    List<Integer> exact = fitting.stream().filter(i -> isExact(items.get(i), text)).toList();
    List<Integer> chosen = exact.isEmpty() ? fitting : exact;
    return switch (chosen.size()) {
      case 0 -> new Lookup.Unknown(text, namesSimilar ? similar(text) : List.of());
      case 1 -> new Lookup.Found(chosen.getFirst(), items.get(chosen.getFirst()));
      default -> new Lookup.Ambiguous(text, chosen.stream().map(items::get).toList());
    };
  }

  private void put(String name, int index) {
    // Nearly every name belongs to one item, and a list of one is small.
    byFoldedName.merge(name, List.of(index), TitleIndex::concat);
  }

  private static List<Integer> concat(List<Integer> first, List<Integer> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  /// Returns what follows the domain in an id, the whole id where it names no domain.
  private static String keyOf(Item item) {
    String prefix = item.domain() + "_";
    return item.id().startsWith(prefix) ? item.id().substring(prefix.length()) : item.id();
  }

  private static boolean isExact(Item item, String text) {
    return item.title().equals(text) || text.equals(item.domain() + "_" + item.title());
  }

  private List<Integer> fitting(String text) {
    String name = FoldedText.of(text);
    Set<Integer> fitting = new HashSet<>(byFoldedName.getOrDefault(name, List.of()));
    int cut = name.indexOf('_');
    while (cut > 0) {
      String domain = name.substring(0, cut);
      String title = name.substring(cut + 1).strip();
      byFoldedName.getOrDefault(title, List.of()).stream()
          .filter(i -> FoldedText.of(items.get(i).domain()).equals(domain))
          .forEach(fitting::add);
      cut = name.indexOf('_', cut + 1);
    }
    return fitting.stream().sorted(Comparator.comparingInt(index -> ranks[index])).toList();
  }

  /// Compares with every title by the pairs of letters they share (Dice's coefficient). It runs
  /// only to help someone who mistyped, so it may take a moment.
  private List<Item> similar(String text) {
    String name = FoldedText.of(text);
    for (String domain : domains) {
      String prefix = FoldedText.of(domain) + "_";
      if (name.startsWith(prefix)) {
        name = name.substring(prefix.length());
        break;
      }
    }
    Set<Integer> pairs = pairs(name);
    List<Similar> similar = new ArrayList<>();
    for (int index : byPopularity) {
      double score = similarity(pairs, folded.get(index));
      if (score >= LEAST_SIMILARITY) {
        similar.add(new Similar(index, score));
      }
    }
    return similar.stream()
        .sorted(Comparator.comparingDouble(Similar::score).reversed())
        .limit(MOST_SIMILAR)
        .map(hit -> items.get(hit.index))
        .toList();
  }

  private record Similar(int index, double score) {}

  private static Set<Integer> pairs(String name) {
    Set<Integer> pairs = new HashSet<>();
    for (int i = 0; i + 1 < name.length(); i++) {
      pairs.add(name.charAt(i) << 16 | name.charAt(i + 1));
    }
    return pairs;
  }

  private static double similarity(Set<Integer> pairs, String title) {
    int shared = 0;
    for (int i = 0; i + 1 < title.length(); i++) {
      shared += pairs.contains(title.charAt(i) << 16 | title.charAt(i + 1)) ? 1 : 0;
    }
    return 2.0 * Math.min(shared, pairs.size()) / Math.max(1, pairs.size() + title.length() - 1);
  }
}
