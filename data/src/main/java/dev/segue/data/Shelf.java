package dev.segue.data;

/// Items side by side, and how much each draws people.
final class Shelf {
  private final int[] items;
  private final double[] pulls;
  private final double[] arrivalSums;

  /// Makes a shelf of items in the order given.
  ///
  /// @param items numbers of items
  /// @param catalogue where their popularity stands
  Shelf(int[] items, Catalogue catalogue) {
    this.items = items;
    pulls = new double[items.length];
    arrivalSums = new double[items.length];
    double sum = 0;
    for (int i = 0; i < items.length; i++) {
      // One over the rank from the top: the law by which the popularity of real items falls off.
      double weight = 1 / (1.02 - catalogue.popularityPercentile(items[i]) / 100);
      pulls[i] = StrictMath.sqrt(weight);
      sum += weight;
      arrivalSums[i] = sum;
    }
  }

  int size() {
    return items.length;
  }

  int item(int position) {
    return items[position];
  }

  /// Returns how much an item draws people who pass by.
  double pull(int position) {
    return pulls[position];
  }

  /// Draws the position that a person goes to who has not been here.
  int drawArrival(SimulationRandom random) {
    return random.nextIndexOfSums(arrivalSums);
  }
}
