package dev.segue.data;

import java.util.Arrays;
import java.util.BitSet;

/// Events in groups: first all of a session or user, later sessions. An event is a number of the
/// columns, its place the position in the order.
final class EventGroups {
  private int[] order;
  private int[] starts;
  private int[] keys;
  private int[] numbers = {};

  /// @param order events, group after group
  /// @param starts first place of each group, and the number of events at the end
  /// @param keys the session or user of each group
  EventGroups(int[] order, int[] starts, int[] keys) {
    this.order = order;
    this.starts = starts;
    this.keys = keys;
  }

  int count() {
    return keys.length;
  }

  int size() {
    return order.length;
  }

  int start(int group) {
    return starts[group];
  }

  int end(int group) {
    return starts[group + 1];
  }

  int key(int group) {
    return keys[group];
  }

  /// Returns which of the groups of its key a group is, from 1; see [#numberGroups].
  int number(int group) {
    return numbers[group];
  }

  int event(int place) {
    return order[place];
  }

  /// Removes places, and the groups that become empty.
  void remove(BitSet places) {
    if (places.isEmpty()) {
      return;
    }
    int kept = 0;
    int groups = 0;
    for (int group = 0; group < keys.length; group++) {
      int from = kept;
      for (int place = starts[group]; place < starts[group + 1]; place++) {
        if (!places.get(place)) {
          order[kept++] = order[place];
        }
      }
      // Groups only move to the front, so what is still to be read is never overwritten.
      if (kept > from) {
        keys[groups] = keys[group];
        starts[groups++] = from;
      }
    }
    starts[groups] = kept;
    order = Arrays.copyOf(order, kept);
    starts = Arrays.copyOf(starts, groups + 1);
    keys = Arrays.copyOf(keys, groups);
  }

  /// Cuts groups before the places given.
  void cut(BitSet places) {
    int[] newStarts = new int[places.cardinality() + keys.length + 1];
    int[] newKeys = new int[newStarts.length - 1];
    int groups = 0;
    for (int group = 0; group < keys.length; group++) {
      int place = starts[group];
      while (place >= 0 && place < starts[group + 1]) {
        newKeys[groups] = keys[group];
        newStarts[groups++] = place;
        place = places.nextSetBit(place + 1);
      }
    }
    newStarts[groups] = order.length;
    starts = Arrays.copyOf(newStarts, groups + 1);
    keys = Arrays.copyOf(newKeys, groups);
  }

  /// Numbers the groups of each key; those of one key must stand side by side.
  void numberGroups() {
    numbers = new int[keys.length];
    for (int group = 0; group < keys.length; group++) {
      boolean isSame = group > 0 && keys[group] == keys[group - 1];
      numbers[group] = isSame ? numbers[group - 1] + 1 : 1;
    }
  }

  /// Puts numbered groups into another order, `groups[i]` at i.
  void arrange(int[] groups) {
    int[] newOrder = new int[order.length];
    int[] newStarts = new int[starts.length];
    int[] newKeys = new int[keys.length];
    int[] newNumbers = new int[keys.length];
    for (int i = 0; i < groups.length; i++) {
      int from = starts[groups[i]];
      int length = starts[groups[i] + 1] - from;
      System.arraycopy(order, from, newOrder, newStarts[i], length);
      newStarts[i + 1] = newStarts[i] + length;
      newKeys[i] = keys[groups[i]];
      newNumbers[i] = numbers[groups[i]];
    }
    order = newOrder;
    starts = newStarts;
    keys = newKeys;
    numbers = newNumbers;
  }
}
