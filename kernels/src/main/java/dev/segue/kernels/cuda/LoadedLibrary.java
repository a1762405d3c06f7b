package dev.segue.kernels.cuda;

import java.lang.foreign.MemorySegment;

/// A C library whose functions are looked up once, when it is loaded.
class LoadedLibrary {
  private final Library library;

  LoadedLibrary(Library library) {
    this.library = library;
  }

  /// Returns the path of its file, or its name where the loader found it and does not say where.
  ///
  /// @param function of the library
  final String path(MemorySegment function) {
    return library.path().startsWith("/")
        ? library.path()
        : MappedFile.of(function).orElse(library.path());
  }

  /// Returns the address of a function.
  final MemorySegment function(String symbol) {
    return library
        .symbols()
        .find(symbol)
        .orElseThrow(() -> new MissingFunctionException(library.path(), symbol));
  }

  /// Returns the address of a function, or of nothing where the library lacks it.
  final MemorySegment optional(String symbol) {
    return library.symbols().find(symbol).orElse(MemorySegment.NULL);
  }
}
