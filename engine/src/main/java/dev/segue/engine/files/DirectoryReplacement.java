package dev.segue.engine.files;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Writes a directory beside its final name and moves it into place in one rename, so that no
/// reader ever sees half of one. If anything fails, what was there before is there afterwards.
public final class DirectoryReplacement {
  private final Path target;

  /// Makes a replacement of a directory, which need not exist.
  public DirectoryReplacement(Path target) {
    this.target = target.toAbsolutePath().normalize();
  }

  /// Writes the files of a directory.
  @FunctionalInterface
  public interface Content {
    /// Writes into an empty directory.
    void write(Path directory) throws IOException;
  }

  /// Throws unless the target can be replaced: it is missing, empty, or has a manifest, and its
  /// parent, made if missing, can be written to. Clears up what a process that was killed left.
  public void check() throws IOException {
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      if (!Files.isDirectory(target)) {
        throw new NotDirectoryException(target + " is a file, expected a directory");
      }
      if (!isEmpty(target) && !Manifest.isPresent(target)) {
        throw new IOException(
            target + " holds other files and no model; choose another name or remove it");
      }
    }
    Files.createDirectories(parent());
    clearUp();
    Path probe = sibling("probe");
    Files.createDirectory(probe);
    Files.delete(probe);
  }

  /// Writes the directory and puts it in the place of the old one.
  public void replace(Content content) throws IOException {
    check();
    Path fresh = sibling("partial");
    try {
      Files.createDirectory(fresh);
      content.write(fresh);
      moveIntoPlace(fresh);
    } catch (IOException | RuntimeException e) {
      deleteAfterFailure(fresh, e);
      throw e;
    }
  }

  /// Deletes the target, if it is there.
  public void delete() throws IOException {
    if (Files.isDirectory(target)) {
      Path old = sibling("old");
      Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
      deleteTree(old);
    }
  }

  private void moveIntoPlace(Path fresh) throws IOException {
    if (!Files.isDirectory(target)) {
      Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
      return;
    }
    Path old = sibling("old");
    Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
    try {
      Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Files.move(old, target, StandardCopyOption.ATOMIC_MOVE);
      throw e;
    }
    deleteTree(old);
  }

  /// Deletes what killed processes left beside the target; a target that one had moved aside and
  /// not yet replaced comes back.
  private void clearUp() throws IOException {
    Pattern ours =
        Pattern.compile(
            "\\.%s\\.(partial|old|probe)-(\\d{1,18})-[0-9a-f]+"
                .formatted(Pattern.quote(target.getFileName().toString())));
    List<Path> siblings;
    try (Stream<Path> files = Files.list(parent())) {
      siblings = files.toList();
    }
    for (Path sibling : siblings) {
      Matcher name = ours.matcher(sibling.getFileName().toString());
      if (name.matches() && ProcessHandle.of(Long.parseLong(name.group(2))).isEmpty()) {
        if (name.group(1).equals("old") && !Files.exists(target)) {
          Files.move(sibling, target, StandardCopyOption.ATOMIC_MOVE);
        } else {
          deleteTree(sibling);
        }
      }
    }
  }

  private Path parent() {
    Path parent = target.getParent();
    if (parent == null) {
      throw new IllegalArgumentException("output: expected a directory, got " + target);
    }
    return parent;
  }

  private Path sibling(String purpose) {
    String unique = ProcessHandle.current().pid() + "-" + Long.toHexString(System.nanoTime());
    return parent().resolve(".%s.%s-%s".formatted(target.getFileName(), purpose, unique));
  }

  private static boolean isEmpty(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.findAny().isEmpty();
    }
  }

  private static void deleteAfterFailure(Path directory, Exception failure) {
    try {
      if (Files.isDirectory(directory)) {
        deleteTree(directory);
      }
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  private static void deleteTree(Path directory) throws IOException {
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException error)
              throws IOException {
            if (error != null) {
              throw error;
            }
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
