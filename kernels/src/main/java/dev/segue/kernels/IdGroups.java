package dev.segue.kernels;

import java.util.Arrays;

/// Positions of a list of ids, equal ids brought together: group `g` is `order[starts[g]]` to
/// `order[starts[g + 1] − 1]`, positions of one id in rising order. Groups rise with their ids.
///
/// @param order all positions
/// @param starts where each group starts in `order`, and the end
record IdGroups(int[] order, int[] starts) {

  static IdGroups of(int[] ids) {
    long[] keys = new long[ids.length];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = (long) ids[i] << Integer.SIZE | i;
    }
    Arrays.sort(keys);
    int[] order = new int[keys.length];
    int[] starts = new int[keys.length + 1];
    int groups = 0;
    for (int i = 0; i < keys.length; i++) {
      order[i] = (int) keys[i];
      if (i == 0 || keys[i] >>> Integer.SIZE != keys[i - 1] >>> Integer.SIZE) {
        starts[groups++] = i;
      }
    }
    starts[groups] = keys.length;
    return new IdGroups(order, Arrays.copyOf(starts, groups + 1));
  }

  /// Returns the number of distinct ids.
  int count() {
    return starts.length - 1;
  }

  /// Returns the group of each position.
  int[] groupOfPosition() {
    int[] groups = new int[order.length];
    for (int group = 0; group < count(); group++) {
      for (int i = starts[group]; i < starts[group + 1]; i++) {
        groups[order[i]] = group;
      }
    }
    return groups;
  }
}
