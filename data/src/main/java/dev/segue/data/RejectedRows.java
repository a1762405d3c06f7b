package dev.segue.data;

/// Decides what happens to a row that cannot be used: stop, count, or keep it elsewhere. No reader
/// drops a row without passing it here.
@FunctionalInterface
public interface RejectedRows {
  /// Takes a row; what it throws ends the reading.
  void reject(RejectedRow row);

  /// Returns the strict choice: the first row that cannot be used is a [DataException].
  static RejectedRows fail() {
    return row -> {
      throw new DataException(row.message());
    };
  }
}
