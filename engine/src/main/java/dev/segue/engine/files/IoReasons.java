package dev.segue.engine.files;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/// Says in words why a file operation failed, where the JDK's message is a bare path.
public final class IoReasons {
  private IoReasons() {}

  /// Returns one line.
  public static String of(IOException error) {
    String message = String.valueOf(error.getMessage()).lines().findFirst().orElse("unknown error");
    return switch (error) {
      case AccessDeniedException denied -> "no permission for " + denied.getFile();
      case NoSuchFileException missing -> missing.getFile() + " does not exist";
      case NotDirectoryException file -> message;
      case FileSystemException other when other.getReason() == null ->
          other.getClass().getSimpleName() + ": " + other.getFile();
      case CharacterCodingException encoding -> "not text in UTF-8";
      default -> message;
    };
  }
}
