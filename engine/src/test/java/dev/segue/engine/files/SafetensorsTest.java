package dev.segue.engine.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.kernels.Backend;
import dev.segue.kernels.BackendChoice;
import dev.segue.kernels.Backends;
import dev.segue.kernels.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {
  @TempDir Path folder;

  @Test
  void whatIsWrittenIsReadBack() throws IOException {
    Path file = folder.resolve("t.safetensors");
    try (Backend backend = Backends.open(BackendChoice.SCALAR);
        // More rows than one chunk of the writer holds.
        Tensor large = backend.allocate(3001, 701);
        Tensor bias = backend.tensor(1, 3, 1.5f, -0.0f, Float.NaN);
        Tensor largeAgain = backend.allocate(3001, 701);
        Tensor biasAgain = backend.allocate(1, 3)) {
      large.fill(7);
      large.write(3000, java.nio.FloatBuffer.wrap(new float[701]));
      SafetensorsWriter.write(
          file,
          List.of(
              new TensorData.Floats("bias", new long[] {3}, bias),
              new TensorData.Ints("counts", new int[] {1, -2, Integer.MAX_VALUE}),
              new TensorData.Floats("large", new long[] {3001, 701}, large),
              new TensorData.Ints("none", new int[0])),
          Map.of("format", "pt"));
      try (SafetensorsReader reader = SafetensorsReader.open(file)) {
        assertThat(reader.entries()).containsOnlyKeys("bias", "counts", "large", "none");
        reader.read("large", new long[] {3001, 701}, largeAgain);
        reader.read("bias", new long[] {3}, biasAgain);
        assertThat(largeAgain.toArray()).isEqualTo(large.toArray());
        assertThat(biasAgain.toArray()).isEqualTo(bias.toArray());
        assertThat(reader.readInts("counts")).containsExactly(1, -2, Integer.MAX_VALUE);
        assertThat(reader.readInts("none")).isEmpty();
        assertThatThrownBy(() -> reader.read("bias", new long[] {1, 3}, biasAgain))
            .hasMessage("tensor bias: expected F32 [1, 3], got F32 [3]");
        assertThatThrownBy(() -> reader.read("counts", new long[] {3}, biasAgain))
            .hasMessage("tensor counts: expected F32 [3], got I32 [3]");
        assertThatThrownBy(() -> reader.readInts("absent")).hasMessage("tensor absent is missing");
      }
    }
  }

  @Test
  void theFileIsLaidOutAsTheFormatSays() throws IOException {
    Path file = folder.resolve("t.safetensors");
    SafetensorsWriter.write(file, List.of(new TensorData.Ints("a", new int[] {1, 258})), Map.of());
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    int length = (int) bytes.getLong();
    byte[] header = new byte[length];
    bytes.get(header);

    assertThat(length % 8).isZero();
    assertThat(new String(header, StandardCharsets.UTF_8).strip())
        .isEqualTo("{\"a\":{\"dtype\":\"I32\",\"shape\":[2],\"data_offsets\":[0,8]}}");
    assertThat(bytes.getInt()).isEqualTo(1);
    assertThat(bytes.getInt()).isEqualTo(258);
    assertThat(bytes.hasRemaining()).isFalse();
  }

  /// Each header stands before eight bytes of data.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"a":                                                              | header is not JSON
          [1]                                                                | header is not a JSON object
          {"a":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}}             | tensor a: type, expected F32 or I32, got "F64"
          {"a":{"shape":[2],"data_offsets":[0,8]}}                           | tensor a: type, expected F32 or I32, got ""
          {"a":{"dtype":"F32","shape":2,"data_offsets":[0,8]}}               | tensor a: shape is not an array
          {"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}            | tensor a: shape, expected integers from 0, got -2
          {"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,8]}}           | tensor a: shape, expected integers from 0, got 1.5
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[0]}}               | tensor a: data_offsets, expected a begin and an end
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}             | tensor a: data_offsets, expected a begin and an end
          {"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}             | tensor a: data_offsets do not fit the shape [3], expected 12 bytes, got 8
          {"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,8]}} | tensor a: shape is too large
          {"a":{"dtype":"F32","shape":[3],"data_offsets":[0,12]}}            | tensors do not cover the data, expected 12 bytes, got 8
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}             | tensors do not cover the data, expected 4 bytes, got 8
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}             | tensor a: leaves a gap, expected to begin at 0, got 4
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}} | tensor b: overlaps another
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}} | header is not JSON: Duplicate field 'a'
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}} {}          | header is not JSON
          """)
  void aBadHeaderIsRefusedWithItsReason(String header, String message) throws IOException {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    Path file = write(text.length, text, new byte[8]);
    assertThatThrownBy(() -> SafetensorsReader.open(file))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(message)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "17", "100000001", "9223372036854775807", "-1"})
  void aHeaderLengthOutOfBoundsIsRefusedBeforeMemoryIsTaken(long length) throws IOException {
    Path file = write(length, new byte[8], new byte[8]);
    assertThatThrownBy(() -> SafetensorsReader.open(file))
        .isInstanceOf(IOException.class)
        .hasMessage("header length, expected 2 to 16, got " + Long.toUnsignedString(length));
  }

  @Test
  void aFileOfAFewBytesIsRefused() throws IOException {
    Path file = folder.resolve("short");
    Files.write(file, new byte[5]);
    assertThatThrownBy(() -> SafetensorsReader.open(file))
        .hasMessage("too short for a header, expected 8 bytes or more, got 5");
  }

  private Path write(long headerLength, byte[] header, byte[] data) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.allocate(Long.BYTES + header.length + data.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(headerLength)
            .put(header)
            .put(data);
    return Files.write(
        folder.resolve("bad.safetensors"), Arrays.copyOf(bytes.array(), bytes.position()));
  }
}
