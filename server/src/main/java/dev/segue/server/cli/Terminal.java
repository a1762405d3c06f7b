package dev.segue.server.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Where a command writes: results to standard output, everything else to standard error. Always
/// UTF-8, whatever the locale says. Thread safe.
final class Terminal {
  private final CheckedOutput results;
  private final PrintStream out;
  private final PrintStream err;
  private final boolean interactive;
  private int statusLength;

  /// Makes a terminal over two streams.
  ///
  /// @param interactive whether a person looks at `err`, so that a line may be drawn over
  Terminal(OutputStream out, OutputStream err, boolean interactive) {
    this.results = new CheckedOutput(out);
    this.out = new PrintStream(results, false, StandardCharsets.UTF_8);
    this.err = new PrintStream(err, true, StandardCharsets.UTF_8);
    this.interactive = interactive;
  }

  /// Returns the streams of this process.
  static Terminal ofProcess() {
    return new Terminal(
        new FileOutputStream(FileDescriptor.out),
        new FileOutputStream(FileDescriptor.err),
        isErrorStreamInteractive());
  }

  /// Returns the stream of results.
  PrintStream out() {
    return out;
  }

  /// Returns the stream of messages; use [#tell] where a status line may be shown.
  PrintStream err() {
    return err;
  }

  /// Returns whether a person looks at the messages.
  boolean isInteractive() {
    return interactive;
  }

  /// Prints a line of results.
  synchronized void print(String line) {
    clearStatus();
    out.print(line + "\n");
    out.flush();
  }

  /// Prints a message.
  synchronized void tell(String line) {
    clearStatus();
    err.print(line + "\n");
    err.flush();
  }

  /// Draws a line that the next message, result or status replaces; nothing unless interactive.
  synchronized void status(String line) {
    if (interactive) {
      String padded = line + " ".repeat(Math.max(0, statusLength - line.length()));
      err.print("\r" + padded);
      err.flush();
      statusLength = line.length();
    }
  }

  /// Removes the status line.
  synchronized void clearStatus() {
    if (statusLength > 0) {
      err.print("\r" + " ".repeat(statusLength) + "\r");
      err.flush();
      statusLength = 0;
    }
  }

  /// Returns the error that stopped results from being written, or null.
  @Nullable IOException writeError() {
    out.flush();
    return results.error;
  }

  /// `Console.isTerminal` tells about standard output only, so the launcher looks at standard error
  /// and says so; without it, Linux knows what the descriptor is.
  private static boolean isErrorStreamInteractive() {
    String told = System.getProperty("segue.terminal");
    if (told != null) {
      return Boolean.parseBoolean(told);
    }
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  /// Keeps the first error, which a `PrintStream` swallows.
  private static final class CheckedOutput extends OutputStream {
    private final OutputStream target;
    private @Nullable IOException error;

    CheckedOutput(OutputStream target) {
      this.target = target;
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        target.write(bytes, offset, length);
      } catch (IOException e) {
        error = error == null ? e : error;
        throw e;
      }
    }

    @Override
    public void flush() throws IOException {
      target.flush();
    }
  }
}
