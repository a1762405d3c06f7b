package dev.segue.kernels;

/// Loops of the Vector API that serving needs, in the order in which it gains by them. While one is
/// not compiled its work is done otherwise, with the same answers: an interpreted vector is an
/// object, and a loop over such is a hundred times slower than a plain one.
enum Kernel {
  /// [Dots] of one query; until then [PlainDots].
  DOTS,

  /// [QuantisedDots] of one query; until then there is no index.
  SUMS,

  /// [QuantisedBounds]; until then plain loops.
  BOUNDS,

  /// [QuantisedFineBounds]; until then what the coarse codes leave is scored in float.
  FINE_BOUNDS,

  /// [QuantisedDots] of four queries; until then one after another.
  FOUR_QUERIES,

  /// [Dots] of four queries; until then one after another.
  TILE,

  /// [GruGates] of one row; until then [PlainGates].
  GATES
}
