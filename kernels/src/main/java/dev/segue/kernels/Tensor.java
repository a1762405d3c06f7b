package dev.segue.kernels;

import java.nio.FloatBuffer;

/// A matrix of 32-bit floats, `rows × columns`, row-major, owned by the [Backend] that made it.
///
/// Where its numbers lie is the backend's business: callers move them in and out with [#write] and
/// [#read]. A tensor may hold more than 2³¹ elements; a row may not.
public sealed interface Tensor extends AutoCloseable permits HeapTensor, CudaTensor {

  /// Returns the number of rows.
  int rows();

  /// Returns the number of columns.
  int columns();

  /// Returns `rows × columns`.
  default long size() {
    return (long) rows() * columns();
  }

  /// Copies whole rows from `source`, from its position on, into this tensor from `firstRow` on.
  /// The number of rows is `source.remaining() / columns`; it must divide evenly and fit.
  void write(int firstRow, FloatBuffer source);

  /// Copies whole rows of this tensor from `firstRow` on into `target`, from its position on. The
  /// number of rows is `target.remaining() / columns`; it must divide evenly and fit.
  void read(int firstRow, FloatBuffer target);

  /// Sets every element to `value`.
  void fill(float value);

  /// Copies all elements into a new array, row by row; for tensors below 2³¹ elements.
  default float[] toArray() {
    float[] copy = new float[Math.toIntExact(size())];
    read(0, FloatBuffer.wrap(copy));
    return copy;
  }

  /// Releases the storage. A closed tensor must not be used.
  @Override
  void close();
}
