package dev.segue.kernels.cuda;

/// A library that lacks a function, so that it is too old. Never leaves this package.
final class MissingFunctionException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String reason;

  MissingFunctionException(String library, String symbol) {
    this("%s has no %s".formatted(library, symbol));
  }

  private MissingFunctionException(String reason) {
    super(reason, null, false, false);
    this.reason = reason;
  }

  /// Returns which library lacks which function.
  String reason() {
    return reason;
  }
}
