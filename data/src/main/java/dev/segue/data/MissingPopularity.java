package dev.segue.data;

/// What stands for a popularity that a source lacks.
///
/// @param policy what to do
/// @param value the number of [Policy#VALUE]
record MissingPopularity(Policy policy, double value) {
  static final MissingPopularity ZERO = new MissingPopularity(Policy.VALUE, 0);
  static final MissingPopularity MEDIAN = new MissingPopularity(Policy.MEDIAN, Double.NaN);
  static final MissingPopularity REJECT = new MissingPopularity(Policy.REJECT, Double.NaN);

  enum Policy {
    /// A number stands for it.
    VALUE,
    /// The median of the items of the source that have one.
    MEDIAN,
    /// The row is left out.
    REJECT
  }

  static MissingPopularity value(double value) {
    return new MissingPopularity(Policy.VALUE, value);
  }
}
