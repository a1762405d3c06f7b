package dev.segue.data;

/// Data that cannot be used; the message is one line with file, line, column and value where known.
public final class DataException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// Makes the exception with its message.
  public DataException(String message) {
    super(message);
  }

  /// Makes the exception with its message and the error behind it.
  public DataException(String message, Throwable cause) {
    super(message, cause);
  }
}
