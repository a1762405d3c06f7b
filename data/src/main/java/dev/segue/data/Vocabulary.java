package dev.segue.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Item ids and their numbers, 0 to size−1, in order of first appearance. Immutable.
public final class Vocabulary {
  private final List<String> ids;
  private final Map<String, Integer> numbers;

  private Vocabulary(List<String> ids) {
    this.ids = List.copyOf(ids);
    this.numbers = HashMap.newHashMap(ids.size());
    for (int i = 0; i < ids.size(); i++) {
      if (numbers.put(ids.get(i), i) != null) {
        throw new IllegalArgumentException(
            "vocabulary: id occurs twice, expected distinct ids, got \"%s\"".formatted(ids.get(i)));
      }
    }
  }

  /// Makes a vocabulary of distinct ids.
  public static Vocabulary of(List<String> ids) {
    return new Vocabulary(new ArrayList<>(ids));
  }

  /// Returns the number of ids.
  public int size() {
    return ids.size();
  }

  /// Returns the id with this number.
  public String id(int number) {
    return ids.get(number);
  }

  /// Returns all ids in order of number.
  public List<String> ids() {
    return ids;
  }

  /// Returns the number of an id, or -1.
  public int number(String id) {
    return numbers.getOrDefault(id, -1);
  }
}
