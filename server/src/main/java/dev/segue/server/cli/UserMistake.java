package dev.segue.server.cli;

/// A mistake of the user that only the command line can see; the message is one line.
final class UserMistake extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UserMistake(String message) {
    super(message);
  }
}
