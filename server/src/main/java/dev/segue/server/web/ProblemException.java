package dev.segue.server.web;

/// Ends a request with a problem.
final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  /// Makes the exception for a problem.
  ProblemException(Problem problem) {
    super(problem.detail());
    this.problem = problem;
  }

  /// Returns what the client is told.
  Problem problem() {
    return problem;
  }

  /// A client's mistake is no defect of the server: nobody reads where it was found.
  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
