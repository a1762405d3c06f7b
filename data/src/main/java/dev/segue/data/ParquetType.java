package dev.segue.data;

/// Types of Parquet columns that Segue writes, with the numbers of the format's `Type` and
/// `ConvertedType`.
enum ParquetType {
  /// UTF-8.
  TEXT(6, 0),
  INT(1, -1),
  DOUBLE(5, -1),
  /// Milliseconds since 1970, UTC.
  TIME(2, 9);

  final int physical;
  final int converted;

  ParquetType(int physical, int converted) {
    this.physical = physical;
    this.converted = converted;
  }
}
