package dev.segue.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SettingsTest {
  @Test
  void defaultsAreTheMissionsModel() {
    Settings settings = Settings.defaults();
    assertThat(settings.embedding()).isEqualTo(128);
    assertThat(settings.hidden()).isEqualTo(256);
    assertThat(settings.layers()).isEqualTo(1);
    assertThat(settings.tied()).isFalse();
    assertThat(settings.maxLength()).isEqualTo(50);
    assertThat(settings.batch()).isEqualTo(64);
    assertThat(settings.epochs()).isEqualTo(50);
    assertThat(settings.patience()).isEqualTo(5);
    assertThat(settings.validation()).isEqualTo(0.1);
    assertThat(settings.rate()).isEqualTo(0.001);
    assertThat(settings.clip()).isEqualTo(5.0);
    assertThat(settings.dropoutEmbedding()).isZero();
    assertThat(settings.dropoutHidden()).isZero();
    assertThat(settings.seed()).isEqualTo(42);
  }

  @ParameterizedTest
  @EnumSource
  void everyDefaultIsAllowedAndCanonical(SettingKey key) {
    assertThat(key.canonical(key.defaultValue())).isEqualTo(key.defaultValue());
    assertThat(Settings.defaults().asMap()).containsEntry(key.key(), key.defaultValue());
  }

  @Test
  void aChangeLeavesTheOriginalAsItWas() {
    Settings settings = Settings.defaults();
    assertThat(settings.with("hidden", "100").hidden()).isEqualTo(100);
    assertThat(settings.hidden()).isEqualTo(256);
  }

  @Test
  void unknownKeyNamesTheNearestAndAllKnownOnes() {
    assertThatThrownBy(() -> Settings.defaults().with("hiden", "1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("set: unknown key \"hiden\", did you mean \"hidden\"? known keys: ")
        .hasMessageContaining("embedding, hidden, layers")
        .hasMessageContaining("seed");
    assertThatThrownBy(() -> Settings.defaults().with("colour", "1"))
        .hasMessageStartingWith("set: unknown key \"colour\"; known keys: embedding");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          hidden            | x       | an integer 1 to 65536
          hidden            | 0       | an integer 1 to 65536
          hidden            | 65537   | an integer 1 to 65536
          hidden            | 1e3     | an integer 1 to 65536
          hidden            | ''      | an integer 1 to 65536
          layers            | 17      | an integer 1 to 16
          seed              | 1.5     | an integer of 64 bits
          tied              | yes     | true or false
          validation        | 1       | a number from 0.0 to below 1.0
          validation        | -0.1    | a number from 0.0 to below 1.0
          rate              | 0       | a number above 0.0
          rate              | NaN     | a number above 0.0
          rate              | 1e999   | a number above 0.0
          clip              | -1      | a number from 0.0
          dropout-hidden    | 1.0     | a number from 0.0 to below 1.0
          dropout-embedding | half    | a number from 0.0 to below 1.0
          loss              | softmax | one of cross-entropy, sampled-softmax, bpr-max
          optimiser         | ADAM    | one of adam, adagrad
          negatives         | -1      | an integer 0 to 1000000
          momentum          | 1       | a number from 0.0 to below 1.0
          """)
  void aBadValueIsRefusedWithItsRange(String key, String value, String expected) {
    assertThatThrownBy(() -> Settings.defaults().with(key, value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("set: %s: expected %s, got \"%s\"".formatted(key, expected, value));
  }

  @Test
  void jsonRoundTripKeepsEveryValue() {
    Settings settings =
        Settings.of(
            Map.of(
                "rate",
                "1e-4",
                "tied",
                "true",
                "embedding",
                "64",
                "hidden",
                "64",
                "seed",
                "-9223372036854775808",
                "dropout-hidden",
                "0.3"));
    assertThat(Settings.fromJson(settings.toJson())).isEqualTo(settings);
    assertThat(settings.toJson().path("rate").isDouble()).isTrue();
    assertThat(settings.toJson().path("embedding").isIntegralNumber()).isTrue();
    assertThat(settings.toJson().path("tied").isBoolean()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          negatives=64  | cross-entropy   | loss=sampled-softmax or loss=bpr-max
          alpha=0.0     | cross-entropy   | loss=sampled-softmax or loss=bpr-max
          uniform=0.5   | cross-entropy   | loss=sampled-softmax or loss=bpr-max
          logq=0.5      | cross-entropy   | loss=sampled-softmax
          logq=0.5      | bpr-max         | loss=sampled-softmax
          bpr-reg=0.5   | sampled-softmax | loss=bpr-max
          bpr-elu=0.0   | cross-entropy   | loss=bpr-max
          momentum=0.5  | cross-entropy   | optimiser=adagrad
          select=recall | none            | validation above 0
          """)
  void aSettingWithoutMeaningIsRefusedWithWhatItNeeds(String change, String loss, String needed) {
    String[] words = change.split("=", -1);
    Settings settings = Settings.defaults().with(words[0], words[1]);
    Settings chosen =
        loss.equals("none") ? settings.with("validation", "0") : settings.with("loss", loss);
    assertThatThrownBy(chosen::checked)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "set: %s: has no meaning here, expected %s with it, got %s"
                .formatted(words[0], needed, change));
  }

  @Test
  void settingsThatBelongTogetherAreAllowed() {
    Settings sampled =
        Settings.of(Map.of("loss", "sampled-softmax", "logq", "0.5", "alpha", "0", "uniform", "0"));
    assertThat(sampled.checked().negatives().logq()).isEqualTo(0.5);
    assertThat(sampled.select()).isEqualTo("loss");
    Settings bprMax = Settings.of(Map.of("loss", "bpr-max", "bpr-reg", "0.3", "negatives", "64"));
    assertThat(bprMax.checked().negatives().logq()).isZero();
    assertThat(bprMax.select()).isEqualTo("mrr");
    assertThat(bprMax.with("select", "recall").checked().select()).isEqualTo("recall");
    Settings adagrad = Settings.of(Map.of("optimiser", "adagrad", "momentum", "0.3"));
    assertThat(adagrad.checked().momentum()).isEqualTo(0.3);
  }

  @Test
  void tiedNeedsEqualSizes() {
    Settings settings = Settings.defaults().with("tied", "true");
    assertThatThrownBy(settings::checked)
        .hasMessage(
            "set: tied: needs embedding = hidden, expected equal sizes, got embedding 128 and"
                + " hidden 256");
    assertThat(settings.with("hidden", "128").checked().tied()).isTrue();
  }
}
