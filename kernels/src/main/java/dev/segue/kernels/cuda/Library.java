package dev.segue.kernels.cuda;

import java.lang.foreign.SymbolLookup;

/// A C library that is open until the program ends.
///
/// @param path of its file
/// @param symbols its functions
record Library(String path, SymbolLookup symbols) {}
