package dev.segue.server.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/// The stack trace of an error as text, shown only when asked for.
final class StackTrace {
  private StackTrace() {}

  /// Returns the trace with all causes.
  static String of(Throwable error) {
    StringWriter text = new StringWriter();
    error.printStackTrace(new PrintWriter(text, true));
    return text.toString().stripTrailing();
  }
}
