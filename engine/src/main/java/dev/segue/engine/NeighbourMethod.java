package dev.segue.engine;

import java.util.EnumMap;

/// The neighbourhood models and the defaults of their settings, which did well on validation splits
/// of rsc15 and diginetica together; see engine/README.md.
@SuppressWarnings("ImmutableEnumChecker") // The maps never leave this class.
enum NeighbourMethod {
  VSTAN(
      "vstan",
      "k=200 sample=2500 max-length=100 position=2.0 match=2.0 distance=4.0 recency=80.0"
          + " normalised=false idf=1.0 repeats=1.0"),
  STAN(
      "stan",
      "k=500 sample=2500 max-length=100 position=1.0 match=none distance=4.0 recency=80.0"
          + " normalised=true idf=0.0 repeats=1.0"),
  VSKNN(
      "vsknn",
      "k=500 sample=2500 max-length=100 position=quadratic match=reciprocal distance=none"
          + " recency=none normalised=true idf=1.0 repeats=1.0"),
  ITEM_KNN("item-knn", "sample=2500 max-length=100 regularisation=20.0"),
  SEQUENTIAL_RULES("sequential-rules", "sample=2500 max-length=100 steps=10");

  private final String kind;
  private final EnumMap<NeighbourKey, String> defaults = new EnumMap<>(NeighbourKey.class);

  NeighbourMethod(String kind, String defaults) {
    this.kind = kind;
    for (String assignment : defaults.split(" ", -1)) {
      int cut = assignment.indexOf('=');
      NeighbourKey key = NeighbourKey.of(assignment.substring(0, cut));
      this.defaults.put(key, key.canonical(assignment.substring(cut + 1)));
    }
  }

  /// Returns its name on the command line, in `config.json` and in tables.
  String kind() {
    return kind;
  }

  EnumMap<NeighbourKey, String> defaults() {
    return new EnumMap<>(defaults);
  }
}
