package dev.segue.kernels;

import java.nio.FloatBuffer;

/// A tensor in Java arrays: blocks of whole rows, each below 2³¹ elements.
final class HeapTensor implements Tensor {
  @Override
  public int rows() {
    throw new UnsupportedOperationException();
  }

  @Override
  public int columns() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void write(int firstRow, FloatBuffer source) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void read(int firstRow, FloatBuffer target) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void fill(float value) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
