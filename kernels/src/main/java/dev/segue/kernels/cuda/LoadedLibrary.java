package dev.segue.kernels.cuda;

import java.lang.foreign.MemorySegment;

/// A C library whose functions are looked up once, when it is loaded.
class LoadedLibrary {
  private final Library library;

  LoadedLibrary(Library library) {
    this.library = library;
  }

  /// Returns which file it is.
  final Library library() {
    return library;
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
