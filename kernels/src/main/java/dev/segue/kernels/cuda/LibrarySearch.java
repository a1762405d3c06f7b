package dev.segue.kernels.cuda;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/// Looks for a library: where the user says and nowhere else, or on the loader's path and then in
/// folders. Keeps every place tried: each folder once, and the loader's reason for a file in it.
final class LibrarySearch {
  private static final String LOADER = "the loader's path (LD_LIBRARY_PATH, ldconfig)";

  private final SequencedSet<String> tried = new LinkedHashSet<>();

  /// Returns every place tried so far, with the reason where there was a file.
  List<String> tried() {
    return List.copyOf(tried);
  }

  /// Opens the first of the libraries of a name.
  @Nullable Library find(String name, List<Path> folders) {
    Library onPath = open(name);
    if (onPath != null) {
      return onPath;
    }
    tried.add(LOADER);
    for (Path folder : distinct(folders)) {
      Path file = folder.resolve(name);
      if (Files.exists(file)) {
        Library library = open(file);
        if (library != null) {
          return library;
        }
      } else {
        tried.add(folder.toString());
      }
    }
    return null;
  }

  /// Toolkits give a folder several names.
  private static Iterable<Path> distinct(List<Path> folders) {
    Map<Path, Path> byRealPath = new LinkedHashMap<>();
    for (Path folder : folders) {
      byRealPath.putIfAbsent(realPath(folder), folder);
    }
    return byRealPath.values();
  }

  private static Path realPath(Path folder) {
    try {
      return folder.toRealPath();
    } catch (IOException e) {
      return folder;
    }
  }

  /// Opens the file of the user's choice, or the library of a name in the folder of the user's
  /// choice.
  @Nullable Library at(Path choice, String name) {
    Path file = Files.isDirectory(choice) ? choice.resolve(name) : choice;
    if (Files.exists(file)) {
      return open(file);
    }
    tried.add(file + ": no such file");
    return null;
  }

  private @Nullable Library open(Path file) {
    openBefore(file);
    String path = file.toAbsolutePath().toString();
    Library library = open(path);
    if (library == null) {
      tried.add(DynamicLoader.failure(path));
    }
    return library;
  }

  /// cuBLAS needs its other half, which the loader finds by its name alone: not where it lies
  /// beside, unless it has been opened.
  private static void openBefore(Path file) {
    String name = file.getFileName().toString();
    if (name.startsWith("libcublas.")) {
      Path other = file.resolveSibling(name.replace("libcublas.", "libcublasLt."));
      if (Files.exists(other)) {
        open(other.toAbsolutePath().toString());
      }
    }
  }

  @SuppressWarnings("restricted") // the module is granted native access, see kernels/README.md
  private static @Nullable Library open(String name) {
    try {
      SymbolLookup symbols = SymbolLookup.libraryLookup(name, Arena.global());
      return new Library(name, symbols);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
