package dev.segue.kernels;

/// A backend was asked for by name and cannot be had; the message gives every reason.
public final class BackendUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// Makes the exception with its reason.
  public BackendUnavailableException(String message) {
    super(message);
  }
}
