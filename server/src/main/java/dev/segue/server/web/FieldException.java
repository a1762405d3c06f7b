package dev.segue.server.web;

/// A value of a request record that is out of bounds; [JsonBody] puts the path of the record before
/// the field's name.
final class FieldException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String field;

  /// Makes the exception.
  ///
  /// @param field name within its record
  /// @param message `expected X, got Y`
  FieldException(String field, String message) {
    super(message);
    this.field = field;
  }

  /// Returns the name within its record.
  String field() {
    return field;
  }

  /// Checks that a list or a text is not longer than allowed.
  static void checkLength(String field, int length, int most) {
    if (length > most) {
      throw new FieldException(field, "expected at most %,d, got %,d".formatted(most, length));
    }
  }
}
