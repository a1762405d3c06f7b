package dev.segue.engine.files;

import java.util.Arrays;

/// A tensor as the header of a safetensors file describes it.
///
/// @param name its name
/// @param type `F32` or `I32`
/// @param shape its sizes; empty for a single number
/// @param begin where its bytes begin, counted from the end of the header
/// @param end where they end
public record TensorEntry(String name, String type, long[] shape, long begin, long end) {
  /// The type of 32-bit floats.
  public static final String F32 = "F32";

  /// The type of 32-bit integers.
  public static final String I32 = "I32";

  /// Returns the number of elements.
  public long elements() {
    return (end - begin) / Integer.BYTES;
  }

  /// Returns the type and shape for messages: `F32 [3, 4]`.
  public String description() {
    return type + " " + Arrays.toString(shape);
  }
}
