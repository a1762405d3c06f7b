package dev.segue.engine.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsFileTest {
  @TempDir Path folder;

  @Test
  void whatIsWrittenIsRead() throws IOException {
    SettingsFile written =
        new SettingsFile("vstan", Map.of("k", "300"), Map.of("validation.mrr@20", 0.3));
    Path file = Files.writeString(folder.resolve("best.json"), written.toJson());

    SettingsFile read = SettingsFile.read(file);

    assertThat(read.model()).isEqualTo("vstan");
    assertThat(read.settings()).isEqualTo(Map.of("k", "300"));
    assertThat(Files.readString(file)).contains("\"validation.mrr@20\" : 0.3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{\"settings\" | :1:12: not JSON",
        "{\"model\": \"gru\"} | : expected an object with model and settings",
        "{\"model\": \"gnn\", \"settings\": {}} | : neighbours: unknown model, expected one of",
        "{\"settings\": {\"rate\": \"much\"}} | : set: rate: expected a number above 0",
        "{\"settings\": {}, \"more\": 1} | : expected model, settings, provenance, got \"more\"",
      })
  void aMistakeIsNamedInOneLine(String json, String message) throws IOException {
    Path file = Files.writeString(folder.resolve("best.json"), json);

    assertThatThrownBy(() -> SettingsFile.read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(file + message)
        .message()
        .doesNotContain("\n");
  }
}
