package dev.segue.kernels.cuda;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Which file a function was loaded from, as Linux tells it.
///
/// Source: `proc_pid_maps(5)`: a line is `from-to rights offset device inode path`, numbers
/// hexadecimal.
final class MappedFile {
  private static final int PATH = 5;

  private MappedFile() {}

  /// Returns the path of the file with a function, or nothing where the system does not tell.
  static Optional<String> of(MemorySegment function) {
    try {
      return Files.readAllLines(Path.of("/proc/self/maps")).stream()
          .map(line -> line.split(" +", PATH + 1))
          .filter(fields -> fields.length > PATH && isWithin(fields[0], function.address()))
          .map(fields -> fields[PATH])
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static boolean isWithin(String range, long address) {
    int dash = range.indexOf('-');
    long from = Long.parseUnsignedLong(range, 0, dash, 16);
    long to = Long.parseUnsignedLong(range, dash + 1, range.length(), 16);
    return Long.compareUnsigned(from, address) <= 0 && Long.compareUnsigned(address, to) < 0;
  }
}
