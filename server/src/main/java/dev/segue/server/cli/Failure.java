package dev.segue.server.cli;

import dev.segue.data.DataException;
import dev.segue.engine.ModelException;
import dev.segue.kernels.BackendUnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.List;
import java.util.Objects;

/// What a user is told about an error.
///
/// @param exitCode 1 when we or the machine failed, 2 for a user's mistake
/// @param line the message, always one line
record Failure(int exitCode, String line) {
  /// Exit code when we or the machine failed.
  static final int FAILED = 1;

  /// Exit code of a user's mistake.
  static final int MISTAKE = 2;

  /// The words of the operating system for what no user can mend on the command line.
  private static final List<String> MACHINE_REASONS =
      List.of(
          "No space left",
          "Disk quota exceeded",
          "Input/output error",
          "Read-only file system",
          "Too many open files");

  /// Joins the lines of a message.
  Failure {
    line = line.strip().replaceAll("\\s*\\R\\s*", " ");
  }

  /// Returns what to say about an error.
  static Failure of(Throwable error) {
    return switch (error) {
      case UncheckedIOException unchecked -> ofIo(Objects.requireNonNull(unchecked.getCause()));
      case IOException io -> ofIo(io);
      case DataException data -> ofData(data);
      case ModelException model -> ofData(model);
      case UserMistake mistake -> new Failure(MISTAKE, text(mistake));
      case BackendUnavailableException unavailable -> new Failure(MISTAKE, text(unavailable));
      case InvalidPathException path -> new Failure(MISTAKE, "not a path: " + path.getInput());
      case IllegalArgumentException argument -> new Failure(MISTAKE, text(argument));
      case OutOfMemoryError memory ->
          new Failure(FAILED, "out of memory (" + text(memory) + "); give Java more with -Xmx");
      default ->
          new Failure(
              FAILED,
              "internal error: %s: %s (--debug shows where)"
                  .formatted(error.getClass().getSimpleName(), text(error)));
    };
  }

  /// The message already names file and reason; only a failing machine is not the user's doing.
  private static Failure ofData(RuntimeException error) {
    for (Throwable cause = error.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException io && isOfMachine(io)) {
        return new Failure(FAILED, text(error));
      }
    }
    return new Failure(MISTAKE, text(error));
  }

  private static boolean isOfMachine(IOException error) {
    String message = String.valueOf(error.getMessage());
    return MACHINE_REASONS.stream().anyMatch(message::contains);
  }

  private static Failure ofIo(IOException error) {
    String file = error instanceof FileSystemException system ? system.getFile() : null;
    return switch (error) {
      case NoSuchFileException missing ->
          new Failure(MISTAKE, file + ": no such file or directory");
      case AccessDeniedException denied -> new Failure(MISTAKE, file + ": permission denied");
      case NotDirectoryException wrong -> new Failure(MISTAKE, file + ": not a directory");
      case FileAlreadyExistsException exists -> new Failure(MISTAKE, file + ": exists already");
      case DirectoryNotEmptyException full -> new Failure(MISTAKE, file + ": is not empty");
      case CharacterCodingException coding -> new Failure(MISTAKE, "not UTF-8 text");
      case BindException bind -> new Failure(MISTAKE, text(bind));
      case FileSystemException system -> ofSystem(system);
      default -> new Failure(FAILED, text(error));
    };
  }

  private static Failure ofSystem(FileSystemException error) {
    String reason = error.getReason() == null ? "cannot be used" : error.getReason();
    return new Failure(
        isOfMachine(error) ? FAILED : MISTAKE, error.getFile() + ": " + lowerFirst(reason));
  }

  /// Returns a text with its first letter in lower case, as the rest of a sentence.
  static String lowerFirst(String text) {
    return text.isEmpty() ? text : Character.toLowerCase(text.charAt(0)) + text.substring(1);
  }

  private static String text(Throwable error) {
    String message = error.getMessage();
    return message == null || message.isBlank() ? error.getClass().getSimpleName() : message;
  }
}
