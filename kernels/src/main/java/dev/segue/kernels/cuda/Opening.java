package dev.segue.kernels.cuda;

import java.util.List;
import java.util.function.Function;

/// What came of opening something that a machine may not have. Its absence is a value, so that it
/// costs nothing and keeps its reason.
///
/// @param <T> what was to be opened
public sealed interface Opening<T> {
  /// Goes on with what was opened.
  <R> Opening<R> then(Function<T, Opening<R>> next);

  /// It is there.
  ///
  /// @param <T> what was opened
  /// @param value it
  record Opened<T>(T value) implements Opening<T> {
    @Override
    public <R> Opening<R> then(Function<T, Opening<R>> next) {
      return next.apply(value);
    }
  }

  /// It is not there.
  ///
  /// @param <T> what was to be opened
  /// @param reason what is wrong: `no NVIDIA driver: libcuda.so.1 was not found`
  /// @param cure what to do about it
  /// @param tried where it was looked for
  record Refused<T>(String reason, String cure, List<String> tried) implements Opening<T> {
    /// Makes a refusal of something that was found.
    public Refused(String reason, String cure) {
      this(reason, cure, List.of());
    }

    /// Returns the reason and the cure in one line.
    public String line() {
      return reason + "; " + cure;
    }

    @Override
    public <R> Opening<R> then(Function<T, Opening<R>> next) {
      return new Refused<>(reason, cure, tried);
    }
  }
}
