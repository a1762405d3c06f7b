package dev.segue.engine.neighbours;

/// Sums of scores by item, of which most stay 0: clearing costs what was added, not V. Not thread
/// safe.
///
/// Memory: 8 · V bytes.
public final class ItemScores {
  private final float[] sums;
  private final int[] touched;
  private int size;

  /// Makes sums for V items.
  public ItemScores(int items) {
    sums = new float[items];
    touched = new int[items];
  }

  /// Adds to an item.
  ///
  /// @param score not negative; 0 changes nothing
  void add(int item, float score) {
    if (score > 0) {
      if (sums[item] == 0) {
        touched[size++] = item;
      }
      sums[item] += score;
    }
  }

  /// Multiplies each sum by its item's factor.
  ///
  /// @param factors V factors above 0
  void scale(float[] factors) {
    for (int i = 0; i < size; i++) {
      sums[touched[i]] *= factors[touched[i]];
    }
  }

  /// Multiplies the score of an item.
  ///
  /// @param factor 0 or more
  public void multiply(int item, float factor) {
    sums[item] *= factor;
  }

  /// Returns how many items have a score.
  public int size() {
    return size;
  }

  /// Returns an item that has a score, by place, 0 to size − 1, in no order that means anything.
  public int item(int place) {
    return touched[place];
  }

  /// Returns the score of an item.
  public float score(int item) {
    return sums[item];
  }

  /// Sets all sums to 0.
  public void clear() {
    for (int i = 0; i < size; i++) {
      sums[touched[i]] = 0;
    }
    size = 0;
  }
}
