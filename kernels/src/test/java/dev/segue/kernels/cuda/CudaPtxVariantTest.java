package dev.segue.kernels.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.kernels.cuda.Opening.Opened;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CudaPtxVariantTest {
  @ParameterizedTest
  @CsvSource({
    "75, 13000, sm75.ptx",
    "80, 11040, sm80.ptx",
    "86, 13000, sm80.ptx",
    "89, 12040, sm80.ptx",
    "90, 11080, sm90.ptx",
    "90, 11070, sm80.ptx",
    "120, 13000, sm90.ptx"
  })
  void aDeviceGetsTheNewestThatItAndItsDriverTake(int capability, int driver, String file) {
    assertThat(PtxVariant.of(capability, driver))
        .isInstanceOfSatisfying(
            Opened.class,
            opened -> assertThat(((PtxVariant) opened.value()).file()).isEqualTo(file));
  }

  @ParameterizedTest
  @CsvSource({"74", "70", "61"})
  void anOlderDeviceGetsNone(int capability) {
    assertThat(PtxVariant.of(capability, 13_000)).isInstanceOf(Opening.Refused.class);
  }
}
