package dev.segue.data;

/// Reads numbers of source files.
final class Numbers {
  private Numbers() {}

  /// Returns a finite number; thousands commas are allowed, as in `5,691,311`.
  static double parse(String text, String column) throws BadCellException {
    String digits = text.replace(",", "").strip();
    double value;
    try {
      // A comma that does not part thousands is no number: 7,5 must not become 75.
      boolean isGrouped =
          text.indexOf(',') < 0 || text.strip().matches("\\d{1,3}(,\\d{3})+(\\.\\d+)?");
      value = isGrouped ? Double.parseDouble(digits) : Double.NaN;
    } catch (NumberFormatException e) {
      value = Double.NaN;
    }
    if (!Double.isFinite(value)) {
      throw new BadCellException(column, "not a number", text);
    }
    return value;
  }
}
