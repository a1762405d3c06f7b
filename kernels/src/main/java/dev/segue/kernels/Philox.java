package dev.segue.kernels;

/// The counter-based generator Philox 4x32-10: block `i` of stream `s` is a keyed bijection of the
/// counter `(i, s)`, so any element can be drawn by any thread at any time. One object serves one
/// thread.
///
/// Source: Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011, section 4.
public final class Philox {
  private static final long MULTIPLIER_0 = 0xD2511F53L;
  private static final long MULTIPLIER_1 = 0xCD9E8D57L;
  private static final int WEYL_0 = 0x9E3779B9;
  private static final int WEYL_1 = 0xBB67AE85;
  private static final int ROUNDS = 10;
  private static final long WORD = 0xFFFFFFFFL;

  private final long key;
  private final long stream;
  private final int[] words = new int[4];
  private long current = -1;

  /// Makes a generator of one stream of numbers under a key.
  public Philox(long key, long stream) {
    this.key = key;
    this.stream = stream;
  }

  /// Returns a key for one purpose of a run, unrelated to the seed and to other purposes' keys. Its
  /// counter, the last of all, is drawn by no stream.
  ///
  /// @param seed of the run
  /// @param purpose a number that stands for the use
  public static long derive(long seed, long purpose) {
    int[] words = new int[4];
    block(seed, purpose, -1, words);
    return (long) words[1] << Integer.SIZE | (words[0] & WORD);
  }

  /// Returns uniform number `index` of the stream, in [0, 1), a multiple of 2⁻²⁴.
  float uniform(long index) {
    draw(index >>> 2);
    return (words[(int) index & 3] >>> 8) * 0x1p-24f;
  }

  /// Returns 64 random bits, number `index` of the stream. A stream gives either these or
  /// [#uniform] numbers; they share their randomness.
  public long bits(long index) {
    draw(index >>> 1);
    int at = (int) (index & 1) << 1;
    return (long) words[at + 1] << Integer.SIZE | (words[at] & WORD);
  }

  private void draw(long block) {
    if (block != current) {
      block(key, block, stream, words);
      current = block;
    }
  }

  /// Computes the four words of the counter `(low, high)` under a key.
  static void block(long key, long low, long high, int[] words) {
    int c0 = (int) low;
    int c1 = (int) (low >>> 32);
    int c2 = (int) high;
    int c3 = (int) (high >>> 32);
    int k0 = (int) key;
    int k1 = (int) (key >>> 32);
    for (int round = 0; round < ROUNDS; round++) {
      long product0 = MULTIPLIER_0 * (c0 & WORD);
      long product1 = MULTIPLIER_1 * (c2 & WORD);
      c0 = (int) (product1 >>> 32) ^ c1 ^ k0;
      c1 = (int) product1;
      c2 = (int) (product0 >>> 32) ^ c3 ^ k1;
      c3 = (int) product0;
      k0 += WEYL_0;
      k1 += WEYL_1;
    }
    words[0] = c0;
    words[1] = c1;
    words[2] = c2;
    words[3] = c3;
  }
}
