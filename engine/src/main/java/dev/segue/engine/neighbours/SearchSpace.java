package dev.segue.engine.neighbours;

import java.util.Arrays;

/// The arrays of a search, kept from one to the next: the scores, and the sessions found. Not
/// thread safe.
public final class SearchSpace {
  private final ItemScores scores;
  private int[] sessions = new int[256];
  private int[] steps = new int[256];
  private float[] similarities = new float[256];
  private long[] keys = new long[256];
  private int found;

  /// Makes the space for V items.
  public SearchSpace(int items) {
    scores = new ItemScores(items);
  }

  /// Returns the scores.
  public ItemScores scores() {
    return scores;
  }

  /// Forgets the sessions found.
  void clearSessions() {
    found = 0;
  }

  /// Adds a session that was found, most recent first.
  ///
  /// @param session its number
  /// @param stepsBack how many steps before the end the last shared item stands in the current
  ///   session
  /// @param similarity not negative
  void found(int session, int stepsBack, float similarity) {
    if (found == sessions.length) {
      int capacity = 2 * found;
      sessions = Arrays.copyOf(sessions, capacity);
      steps = Arrays.copyOf(steps, capacity);
      similarities = Arrays.copyOf(similarities, capacity);
      keys = Arrays.copyOf(keys, capacity);
    }
    sessions[found] = session;
    steps[found] = stepsBack;
    similarities[found++] = similarity;
  }

  /// Returns how many sessions were found.
  int sessionsFound() {
    return found;
  }

  int session(int place) {
    return sessions[place];
  }

  int stepsBack(int place) {
    return steps[place];
  }

  float similarity(int place) {
    return similarities[place];
  }

  /// Keeps the k most similar sessions, the more recent ones among equals, in their order.
  void keepMostSimilar(int k) {
    if (found <= k) {
      return;
    }
    for (int i = 0; i < found; i++) {
      keys[i] = key(i);
    }
    Arrays.sort(keys, 0, found);
    long least = keys[found - k];
    int kept = 0;
    for (int i = 0; i < found; i++) {
      if (key(i) >= least) {
        sessions[kept] = sessions[i];
        steps[kept] = steps[i];
        similarities[kept++] = similarities[i];
      }
    }
    found = kept;
  }

  /// Bits of floats that are not negative order as the floats do; the place below them makes each
  /// key distinct and prefers the more recent session.
  private long key(int place) {
    long bits = Float.floatToRawIntBits(similarities[place]);
    return bits << Integer.SIZE | (Integer.MAX_VALUE - place);
  }
}
