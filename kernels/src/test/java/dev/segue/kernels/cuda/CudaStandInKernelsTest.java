package dev.segue.kernels.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.segue.kernels.cuda.CudaBinding.Grid;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the stand-in gives to kernels, by the kernels of `sound.cu`, against plain loops.
class CudaStandInKernelsTest {
  private final StandInDriver driver = driver();
  private final StandInDevice device = StandInDevice.open(driver);
  private final Random random = new Random(7);

  StandInDriver driver() {
    return StandInDriver.load();
  }

  @AfterEach
  void close() {
    device.close();
  }

  private float[] randoms(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1})
  void blocksShareMemoryAndWaitAtBarriers(long lastFirst) {
    driver.set("lastFirst", lastFirst);
    float[] values = randoms(4 * 96);
    long from = device.floats(values);
    long to = device.floats(new float[values.length]);
    device.launch("reverse_blocks", new Grid(4, 1, 1, 96, 4 * 96, 1), from, to);

    float[] result = device.readFloats(to, values.length);
    for (int i = 0; i < values.length; i++) {
      assertThat(result[i]).isEqualTo(values[i / 96 * 96 + 95 - i % 96]);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1})
  void lanesExchangeValues(long lastFirst) {
    driver.set("lastFirst", lastFirst);
    int[] values = random.ints(64, 0, 1000).toArray();
    long from = device.ints(values);
    long to = device.ints(new int[6 * 64]);
    device.launch("exchange_lanes", Grid.of(1, 64), from, to);

    int[] result = device.readInts(to, 6 * 64);
    int odd = (int) IntStream.of(values).filter(value -> value % 2 == 1).count();
    for (int i = 0; i < 64; i++) {
      int warp = i / 32 * 32;
      int lane = i % 32;
      int sum = IntStream.range(warp, warp + 32).map(k -> values[k]).sum();
      int votes = 0;
      for (int k = 0; k < 32; k++) {
        votes |= values[warp + k] % 2 << k;
      }
      assertThat(result[i]).isEqualTo(sum);
      assertThat(result[64 + i]).isEqualTo(values[warp + 3]);
      assertThat(result[128 + i]).isEqualTo(values[lane < 2 ? i : i - 2]);
      assertThat(result[192 + i]).isEqualTo(values[lane % 8 < 4 ? i + 4 : i]);
      assertThat(result[256 + i]).isEqualTo(votes);
      assertThat(result[320 + i]).isEqualTo(odd);
    }
  }

  @Test
  void tensorCoresMultiplyTilesOfBfloat16() {
    float[] a = randoms(16 * 16);
    float[] b = randoms(8 * 16);
    long left = device.ints(pairs(a));
    long right = device.ints(pairs(b));
    long product = device.floats(new float[16 * 8]);
    device.launch("tile_product_bf16", new Grid(1, 1, 1, 32, 512, 1), left, right, product);

    float[] result = device.readFloats(product, 16 * 8);
    for (int i = 0; i < 16 * 8; i++) {
      double sum = 0;
      for (int k = 0; k < 16; k++) {
        sum += (double) bfloat16(a[i / 8 * 16 + k]) * bfloat16(b[i % 8 * 16 + k]);
      }
      assertThat((double) result[i]).isCloseTo(sum, within(1e-6));
    }
  }

  @Test
  void tensorCoresMultiplyTilesOfTf32() {
    float[] a = randoms(16 * 8);
    float[] b = randoms(8 * 8);
    long product = device.floats(new float[16 * 8]);
    device.launch("tile_product_tf32", Grid.of(1, 32), device.floats(a), device.floats(b), product);

    float[] result = device.readFloats(product, 16 * 8);
    for (int i = 0; i < 16 * 8; i++) {
      double sum = 0;
      for (int k = 0; k < 8; k++) {
        sum += (double) tf32(a[i / 8 * 8 + k]) * tf32(b[i % 8 * 8 + k]);
      }
      assertThat((double) result[i]).isCloseTo(sum, within(1e-6));
    }
  }

  @Test
  void ldmatrixTurnsTilesOverTheirDiagonals() {
    int[] tiles = IntStream.range(0, 128).map(i -> 2 * i | (2 * i + 1) << 16).toArray();
    long from = device.ints(tiles);
    long to = device.ints(new int[128]);
    device.launch("transpose_tiles", new Grid(1, 1, 1, 32, 512, 1), from, to);

    int[] result = device.readInts(to, 128);
    for (int i = 0; i < 256; i++) {
      int value = result[i / 2] >>> (i % 2 * 16) & 0xffff;
      assertThat(value).isEqualTo(i / 64 * 64 + i % 8 * 8 + i / 8 % 8);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1})
  void blocksOfAClusterReadEachOther(long lastFirst) {
    driver.set("lastFirst", lastFirst);
    float[] values = randoms(8 * 64);
    long from = device.floats(values);
    long to = device.floats(new float[values.length]);
    device.launch("sum_over_cluster", new Grid(8, 1, 1, 64, 256, 4), from, to, 4);

    float[] result = device.readFloats(to, values.length);
    for (int i = 0; i < values.length; i++) {
      float sum = 0;
      for (int rank = 0; rank < 4; rank++) {
        sum += values[i / 256 * 256 + rank * 64 + i % 64];
      }
      assertThat(result[i]).isEqualTo(sum);
    }
  }

  @Test
  void atomicsCountInSharedAndDeviceMemory() {
    int[] values = random.ints(1000, 0, 10).toArray();
    long counts = device.ints(new int[10]);
    device.launch(
        "histogram", new Grid(4, 1, 1, 256, 40, 1), device.ints(values), 1000, counts, 10);

    int[] expected = new int[10];
    for (int value : values) {
      expected[value]++;
    }
    assertThat(device.readInts(counts, 10)).isEqualTo(expected);
  }

  @Test
  void theLastBlockSeesWhatTheOthersLeft() {
    int[] values = random.ints(50, 0, 1000).toArray();
    long parts = device.ints(new int[50]);
    long counter = device.ints(0);
    long result = device.ints(0);
    device.launch(
        "sum_by_last_block", Grid.of(50, 32), device.ints(values), parts, counter, result);
    assertThat(device.readInts(result, 1)).containsExactly(IntStream.of(values).sum());
  }

  @Test
  void allMayWriteTheSame() {
    long values = device.ints(0);
    device.launch("writes_the_same", Grid.of(3, 64), values);
    assertThat(device.readInts(values, 1)).containsExactly(7);
  }

  @Test
  void every16BitFloatIsWidenedExactly() {
    int[] all = IntStream.range(0, 1 << 15).map(i -> 2 * i | (2 * i + 1) << 16).toArray();
    long result = device.floats(new float[2 << 16]);
    device.launch("widen_floats", Grid.of(256, 256), device.ints(all), result, 1 << 16);

    float[] floats = device.readFloats(result, 2 << 16);
    for (int i = 0; i < 1 << 16; i++) {
      assertThat(floats[i]).isEqualTo(Float.valueOf(Float.intBitsToFloat(i << 16)));
      assertThat(floats[(1 << 16) + i]).isEqualTo(Float.valueOf(Float.float16ToFloat((short) i)));
    }
  }

  @Test
  void floatsAreRoundedToTheNearest16BitFloat() {
    float[] values = new float[100_000];
    for (int i = 0; i < values.length; i++) {
      // Every other one lies half way between two halves.
      float half = Float.float16ToFloat((short) random.nextInt(0x7c00));
      values[i] =
          i % 2 == 0
              ? Float.intBitsToFloat(random.nextInt() & 0x7fffffff)
              : half + (Math.nextUp(half) - half) * (1 << 12);
    }
    long result = device.ints(new int[values.length]);
    device.launch("round_floats", Grid.of(391, 256), device.floats(values), result, values.length);

    int[] rounded = device.readInts(result, values.length);
    for (int i = 0; i < values.length; i++) {
      if (!Float.isNaN(values[i])) {
        int bfloat = rounded[i / 2] >>> (i % 2 * 16) & 0xffff;
        int half = rounded[(values.length + i) / 2] >>> ((values.length + i) % 2 * 16) & 0xffff;
        assertThat(Float.intBitsToFloat(bfloat << 16)).isEqualTo(bfloat16(values[i]));
        assertThat((short) half).isEqualTo(Float.floatToFloat16(values[i]));
      }
    }
  }

  /// The nearest float with 7 bits of fraction, halves to even.
  private static float bfloat16(float value) {
    int bits = Float.floatToRawIntBits(value);
    return Float.intBitsToFloat((bits + 0x7fff + (bits >>> 16 & 1)) & 0xffff0000);
  }

  /// The nearest float with 10 bits of fraction, halves away from zero.
  private static float tf32(float value) {
    return Float.intBitsToFloat((Float.floatToRawIntBits(value) + 0x1000) & 0xffffe000);
  }

  private static int[] pairs(float[] values) {
    int[] result = new int[values.length / 2];
    for (int i = 0; i < values.length; i++) {
      int bits = Float.floatToRawIntBits(bfloat16(values[i])) >>> 16;
      result[i / 2] |= bits << (i % 2 * 16);
    }
    return result;
  }
}
