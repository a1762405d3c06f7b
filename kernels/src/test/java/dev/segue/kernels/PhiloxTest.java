package dev.segue.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PhiloxTest {
  private final int[] words = new int[4];

  /// Known answers of `philox4x32 10` from the kat_vectors file of Random123.
  @Test
  void wordsAreThePublishedKnownAnswers() {
    Philox.block(0, 0, 0, words);
    assertThat(words).containsExactly(0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8);
    Philox.block(-1, -1, -1, words);
    assertThat(words).containsExactly(0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd);
    Philox.block(0x299f31d0_a4093822L, 0x85a308d3_243f6a88L, 0x03707344_13198a2eL, words);
    assertThat(words).containsExactly(0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1);
  }

  @Test
  void anElementIsTheSameInAnyOrder() {
    Philox forward = new Philox(42, 7);
    Philox backward = new Philox(42, 7);
    float[] drawn = new float[41];
    for (int i = 0; i < drawn.length; i++) {
      drawn[i] = forward.uniform(i);
    }
    for (int i = drawn.length - 1; i >= 0; i--) {
      assertThat(backward.uniform(i)).isEqualTo(drawn[i]);
    }
  }

  @Test
  void bitsAreTheWordsOfABlockInPairs() {
    int[] words = new int[4];
    Philox.block(42, 5, 7, words);
    Philox bits = new Philox(42, 7);
    assertThat((int) bits.bits(10)).isEqualTo(words[0]);
    assertThat((int) (bits.bits(10) >>> 32)).isEqualTo(words[1]);
    assertThat((int) bits.bits(11)).isEqualTo(words[2]);
    assertThat((int) (bits.bits(11) >>> 32)).isEqualTo(words[3]);
  }

  @Test
  void keysOfOtherSeedsAndPurposesDiffer() {
    assertThat(Philox.derive(1, 2)).isEqualTo(Philox.derive(1, 2));
    assertThat(Philox.derive(1, 2))
        .isNotEqualTo(1)
        .isNotEqualTo(Philox.derive(1, 3))
        .isNotEqualTo(Philox.derive(2, 2));
  }

  @Test
  void uniformsFillTheUnitIntervalEvenly() {
    Philox uniforms = new Philox(1, 2);
    int[] counts = new int[10];
    for (int i = 0; i < 100_000; i++) {
      counts[(int) (uniforms.uniform(i) * 10)]++;
    }
    // Five standard deviations of a binomial count around 10,000.
    for (int count : counts) {
      assertThat(count).isBetween(9_525, 10_475);
    }
  }
}
