package dev.segue.data.fetch;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NotDirectoryException;

/// Words for errors of the file system, whose own messages are often just the name of the file.
final class Disk {
  private Disk() {}

  /// Returns what went wrong, without the name of the file.
  static String reason(IOException error) {
    return switch (error) {
      case AccessDeniedException denied -> "permission denied";
      case NotDirectoryException notFolder -> "not a directory";
      case FileAlreadyExistsException exists -> "a file with that name is in the way";
      case FileSystemException system when system.getReason() != null -> lower(system.getReason());
      default -> lower(String.valueOf(error.getMessage()));
    };
  }

  private static String lower(String text) {
    return text.isEmpty() ? text : Character.toLowerCase(text.charAt(0)) + text.substring(1);
  }
}
