package dev.segue.kernels;

import dev.segue.kernels.cuda.Device;
import java.nio.FloatBuffer;

/// A tensor in the memory of a GPU, row after row without gaps.
final class CudaTensor implements Tensor {
  private static final int CLOSED = 0;

  private final Device device;
  private final int rows;
  private final int columns;
  private long address;

  /// Makes a tensor with whatever its memory holds.
  CudaTensor(Device device, int rows, int columns) {
    if (rows < 0 || columns < 0) {
      throw new IllegalArgumentException(
          "tensor: negative size, expected [0, 0] or more, got [%d, %d]".formatted(rows, columns));
    }
    this.device = device;
    this.rows = rows;
    this.columns = columns;
    this.address = device.allocate(size() * Float.BYTES);
  }

  /// Returns the tensor as one that lies on a GPU.
  static CudaTensor of(Tensor tensor) {
    return (CudaTensor) tensor;
  }

  /// Returns a tensor's address, or 0, C's null, for none.
  static long addressOf(@org.jspecify.annotations.Nullable Tensor tensor) {
    return tensor == null ? 0 : of(tensor).address();
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public int columns() {
    return columns;
  }

  /// Returns where the tensor lies.
  long address() {
    if (address == CLOSED) {
      throw new IllegalStateException("tensor: use after close");
    }
    return address;
  }

  /// Returns where a row lies.
  long address(int row) {
    return address() + (long) row * columns * Float.BYTES;
  }

  @Override
  public void write(int firstRow, FloatBuffer source) {
    requireWholeRows("write", firstRow, source.remaining());
    device.write(address(firstRow), source);
  }

  @Override
  public void read(int firstRow, FloatBuffer target) {
    requireWholeRows("read", firstRow, target.remaining());
    device.read(address(firstRow), target);
  }

  @Override
  public void fill(float value) {
    device.operation(() -> device.fill(address(), Float.floatToRawIntBits(value), size()));
  }

  private void requireWholeRows(String operation, int firstRow, int elements) {
    if (address == CLOSED) {
      throw new IllegalStateException("tensor: %s after close".formatted(operation));
    }
    Shapes.wholeRows(operation, this, firstRow, elements);
  }

  @Override
  public void close() {
    if (address != CLOSED) {
      device.free(address);
      address = CLOSED;
    }
  }
}
