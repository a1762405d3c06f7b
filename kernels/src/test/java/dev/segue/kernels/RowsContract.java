package dev.segue.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/// Tests of [Backend#gatherRows], [Backend#scatterAddRows] and [Backend#dropout].
interface RowsContract extends Contract {
  @Test
  default void gatherTakesRowsByIdAlsoTwice() {
    Tensor table = backend().tensor(3, 2, 1, 2, 3, 4, 5, 6);
    Tensor out = backend().allocate(4, 2);
    backend().gatherRows(new GatherRows(table, new int[] {2, 0, 2, 1}, out));
    assertThat(out.toArray()).containsExactly(5, 6, 1, 2, 5, 6, 3, 4);
    backend().gatherRows(new GatherRows(table, new int[0], backend().allocate(0, 2)));
  }

  @Test
  default void gatherRefusesAnIdThatIsNoRow() {
    Tensor table = backend().allocate(3, 2);
    Tensor out = backend().allocate(2, 2);
    assertThatThrownBy(() -> new GatherRows(table, new int[] {0, -1}, out))
        .hasMessage("gatherRows: ids[1] is out of range, expected 0 to 2, got -1");
  }

  @Test
  default void scatterSumsRowsOfARepeatedIdInOrder() {
    Tensor rows = backend().tensor(4, 2, 1e8f, 1, 5, 6, 1, 2, -1e8f, 3);
    Tensor target = backend().tensor(3, 2, 0, 10, 20, 30, 40, 50);
    backend().scatterAddRows(new ScatterAddRows(rows, new int[] {0, 2, 0, 0}, target));
    // 1e8 + 1 is 1e8 in 32 bits: any other order gives 1 in the first place.
    assertThat(target.toArray()).containsExactly(0, 16, 20, 30, 45, 56);
  }

  @Test
  default void dropoutKeepsAndScalesByThePhiloxMask() {
    int rows = 37;
    int columns = 21;
    Tensor input = Contract.normal(backend(), rows, columns, 1, 1);
    Tensor output = backend().allocate(rows, columns);
    backend().dropout(new Dropout(input, output, 0.25f, 42, 7));
    float[] before = input.toArray();
    float[] after = output.toArray();
    Philox uniforms = new Philox(42, 7);
    int kept = 0;
    for (int i = 0; i < before.length; i++) {
      boolean keeps = uniforms.uniform(i) >= 0.25f;
      kept += keeps ? 1 : 0;
      assertThat(after[i]).isEqualTo(keeps ? before[i] * (1 / 0.75f) : 0);
    }
    // Five standard deviations around 0.75 · 777.
    assertThat(kept).isBetween(522, 643);
  }

  @Test
  default void dropoutWorksInPlaceAndDrawsTheSameMaskAgain() {
    Tensor first = Contract.normal(backend(), 9, 13, 1, 1);
    Tensor second = Contract.normal(backend(), 9, 13, 1, 1);
    Tensor output = backend().allocate(9, 13);
    backend().dropout(new Dropout(first, first, 0.5f, 1, 2));
    backend().dropout(new Dropout(second, output, 0.5f, 1, 2));
    assertThat(first.toArray()).containsExactly(output.toArray());
    backend().dropout(new Dropout(second, output, 0.5f, 1, 3));
    assertThat(first.toArray()).isNotEqualTo(output.toArray());
    backend().dropout(new Dropout(second, output, 0, 1, 3));
    assertThat(output.toArray()).containsExactly(second.toArray());
  }
}
