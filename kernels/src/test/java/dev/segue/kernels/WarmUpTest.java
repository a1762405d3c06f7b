package dev.segue.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class WarmUpTest {
  @BeforeAll
  static void skipWidthsThatTheMachineLacks() {
    VectorWidthTest.skipWidthsThatTheMachineLacks();
  }

  /// Would fail if a kernel were boxed for good, or took longer than a compiled one may.
  @Test
  void allThatIsWantedIsCompiledInOrder() throws InterruptedException {
    WarmUp warmUp = WarmUp.needed();
    warmUp.want(Kernel.values());
    for (Kernel kernel : Kernel.values()) {
      assertThat(warmUp.await(kernel)).as(kernel.toString()).isTrue();
      for (Kernel before : EnumSet.range(Kernel.DOTS, kernel)) {
        assertThat(warmUp.has(before)).as(before.toString()).isTrue();
      }
    }
  }

  @Test
  void whatNobodyWantsIsNotWaitedFor() throws InterruptedException {
    WarmUp warmUp = WarmUp.ofIndex();
    assertThat(warmUp.await(Kernel.SUMS)).isFalse();
    assertThat(warmUp.await(Kernel.GATES)).isTrue();
  }

  @Test
  void anIndexIsAwaitedWithAllItsLoopsWhereNobodyHurries() throws InterruptedException {
    WarmUp warmUp = WarmUp.ofIndex();
    warmUp.want(Kernel.values());
    assertThat(warmUp.awaitIndex()).isTrue();
    for (Kernel kernel : EnumSet.range(Kernel.SUMS, Kernel.FOUR_QUERIES)) {
      assertThat(warmUp.has(kernel)).as(kernel.toString()).isTrue();
    }
  }

  @Test
  void moreCanBeWantedLater() throws InterruptedException {
    WarmUp warmUp = WarmUp.after(EnumSet.complementOf(EnumSet.of(Kernel.DOTS, Kernel.BOUNDS)));
    warmUp.want(Kernel.DOTS);
    assertThat(warmUp.await(Kernel.DOTS)).isTrue();
    warmUp.want(Kernel.DOTS, Kernel.BOUNDS);
    assertThat(warmUp.await(Kernel.BOUNDS)).isTrue();
  }

  @Test
  void closingEndsWhatIsUnderWay() throws InterruptedException {
    WarmUp warmUp = WarmUp.needed();
    warmUp.wantLater(Kernel.GATES);
    warmUp.close();
    assertThat(warmUp.await(Kernel.GATES)).isFalse();
    assertThat(warmUp.has(Kernel.GATES)).isFalse();
  }
}
