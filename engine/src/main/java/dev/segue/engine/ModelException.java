package dev.segue.engine;

/// A model that cannot be trained, read or used; the message is one line that says why and, where
/// there is one, the cure.
public final class ModelException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// Makes the exception with its message.
  public ModelException(String message) {
    super(message);
  }

  /// Makes the exception with its message and the error behind it.
  public ModelException(String message, Throwable cause) {
    super(message, cause);
  }
}
