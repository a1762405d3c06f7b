package dev.segue.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeapTensorTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 6, 7, 12, 1000})
  void rowsComeBackWhateverTheBlockSize(int blockElements) {
    HeapTensor tensor = new HeapTensor(7, 3, blockElements);
    float[] values = new float[21];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    tensor.write(0, FloatBuffer.wrap(values));
    assertThat(tensor.toArray()).containsExactly(values);
    tensor.write(2, FloatBuffer.wrap(new float[] {-1, -2, -3, -4, -5, -6}));
    float[] middle = new float[9];
    tensor.read(1, FloatBuffer.wrap(middle));
    assertThat(middle).containsExactly(3, 4, 5, -1, -2, -3, -4, -5, -6);
    tensor.fill(2);
    assertThat(tensor.toArray()).containsOnly(2);
  }

  @Test
  void aBlockHoldsWholeRowsOnly() {
    HeapTensor tensor = new HeapTensor(5, 3, 7);
    assertThat(tensor.array(0)).isSameAs(tensor.array(1)).isNotSameAs(tensor.array(2));
    assertThat(tensor.offset(3)).isEqualTo(3);
    assertThat(tensor.rowsInBlock(3)).isEqualTo(1);
    assertThat(tensor.array(4)).hasSize(3);
  }

  @Test
  void partOfARowIsRefused() {
    HeapTensor tensor = new HeapTensor(2, 3);
    assertThatThrownBy(() -> tensor.write(0, FloatBuffer.allocate(4)))
        .hasMessage("tensor: write of part of a row, expected a multiple of 3 elements, got 4");
  }

  @Test
  void rowsOutsideAreRefused() {
    HeapTensor tensor = new HeapTensor(2, 3);
    assertThatThrownBy(() -> tensor.read(1, FloatBuffer.allocate(6)))
        .hasMessage("tensor: read of rows 1 to 2 is out of range, expected 0 to 1");
  }

  @Test
  void anEmptyTensorCanBeReadAndWritten() {
    for (HeapTensor tensor : new HeapTensor[] {new HeapTensor(0, 3), new HeapTensor(3, 0)}) {
      tensor.write(0, FloatBuffer.allocate(0));
      tensor.fill(1);
      assertThat(tensor.toArray()).isEmpty();
    }
  }

  @Test
  void aClosedTensorSaysSo() {
    HeapTensor tensor = new HeapTensor(2, 3);
    tensor.close();
    assertThatThrownBy(() -> tensor.read(0, FloatBuffer.allocate(3)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("tensor: read after close");
  }

  /// Rows of large tensors start on a cache line, which must not move what they hold.
  @Test
  void aLargeTensorKeepsItsRowsWhereTheyStart() {
    HeapTensor tensor = new HeapTensor(1025, 1024, 1 << 17);
    float[] row = new float[1024];
    for (int i = 0; i < 1025; i += 127) {
      java.util.Arrays.fill(row, i);
      tensor.write(i, FloatBuffer.wrap(row));
    }
    assertThat(tensor.offset(0)).isEqualTo(Workspace.START);
    for (int i = 0; i < 1025; i += 127) {
      assertThat(tensor.get(i, 0)).isEqualTo(i);
      assertThat(tensor.get(i, 1023)).isEqualTo(i);
      tensor.read(i, FloatBuffer.wrap(row));
      assertThat(row).containsOnly(i);
    }
    tensor.fill(7);
    assertThat(tensor.toArray()).containsOnly(7);
  }
}
