package dev.segue.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// Gives items of one domain their ids. `<Domain>_<key>` where the key occurs once; where it occurs
/// several times each gets its year, those still equal the first of their creators too, and those
/// equal even then a number in the order of the source: `Movie_Pinocchio (1940)`, `Book_Emma (Jane
/// Austen)`, `Movie_Dune (2021, 2)`.
final class ItemIds {
  private ItemIds() {}

  static List<Item> assign(List<ItemDraft> drafts) {
    String[] keys = new String[drafts.size()];
    List<List<String>> marks = new ArrayList<>();
    drafts.forEach(draft -> marks.add(new ArrayList<>()));
    Arrays.setAll(keys, i -> drafts.get(i).key());
    mark(drafts, keys, marks, ItemDraft::year);
    mark(drafts, keys, marks, ItemDraft::firstCreator);
    number(drafts, keys, marks);
    List<Item> items = new ArrayList<>(drafts.size());
    for (int i = 0; i < keys.length; i++) {
      items.add(drafts.get(i).withKey(keys[i]));
    }
    return items;
  }

  private static void mark(
      List<ItemDraft> drafts,
      String[] keys,
      List<List<String>> marks,
      Function<ItemDraft, String> by) {
    Map<String, Integer> counts = counts(keys);
    for (int i = 0; i < keys.length; i++) {
      String mark = by.apply(drafts.get(i));
      if (counts.getOrDefault(keys[i], 0) > 1 && !mark.isEmpty()) {
        marks.get(i).add(mark);
        keys[i] = marked(drafts.get(i).key(), marks.get(i));
      }
    }
  }

  private static void number(List<ItemDraft> drafts, String[] keys, List<List<String>> marks) {
    Map<String, Integer> counts = counts(keys);
    Map<String, Integer> next = new HashMap<>();
    Set<String> taken = new HashSet<>(counts.keySet());
    for (int i = 0; i < keys.length; i++) {
      String equal = keys[i];
      if (counts.getOrDefault(equal, 0) <= 1) {
        continue;
      }
      List<String> numbered = new ArrayList<>(marks.get(i));
      numbered.add("");
      // Another item may bear by nature the name that a number would make.
      do {
        numbered.set(numbered.size() - 1, Integer.toString(next.merge(equal, 1, Integer::sum)));
        keys[i] = marked(drafts.get(i).key(), numbered);
      } while (!taken.add(keys[i]));
    }
  }

  private static Map<String, Integer> counts(String[] keys) {
    Map<String, Integer> counts = new HashMap<>();
    for (String key : keys) {
      counts.merge(key, 1, Integer::sum);
    }
    return counts;
  }

  private static String marked(String key, List<String> marks) {
    return key + " (" + String.join(", ", marks) + ")";
  }
}
