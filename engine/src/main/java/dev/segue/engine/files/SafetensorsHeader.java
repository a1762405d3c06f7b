package dev.segue.engine.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The header of a safetensors file: 8 bytes with its length (little-endian), then a JSON object
/// from names to type, shape and place.
///
/// Source: the format's description at huggingface.co/docs/safetensors. Tensors must cover the data
/// without overlaps and without gaps.
final class SafetensorsHeader {
  /// The greatest length of a header that is read, as in the format's own library.
  static final long MAX_LENGTH = 100_000_000;

  private static final String METADATA = "__metadata__";

  private SafetensorsHeader() {}

  /// Returns the header's bytes, padded with spaces to a multiple of 8.
  static byte[] bytes(List<TensorEntry> entries, Map<String, String> metadata) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    if (!metadata.isEmpty()) {
      ObjectNode extra = json.putObject(METADATA);
      metadata.forEach(extra::put);
    }
    for (TensorEntry entry : entries) {
      ObjectNode node = json.putObject(entry.name());
      node.put("dtype", entry.type());
      ArrayNode shape = node.putArray("shape");
      Arrays.stream(entry.shape()).forEach(shape::add);
      node.putArray("data_offsets").add(entry.begin()).add(entry.end());
    }
    byte[] text = json.toString().getBytes(StandardCharsets.UTF_8);
    byte[] padded = Arrays.copyOf(text, Math.ceilDiv(text.length, 8) * 8);
    Arrays.fill(padded, text.length, padded.length, (byte) ' ');
    return padded;
  }

  /// Reads and checks a header.
  ///
  /// @param bytes the header without its length
  /// @param dataBytes how many bytes follow it in the file
  static Map<String, TensorEntry> parse(byte[] bytes, long dataBytes) throws IOException {
    JsonNode json;
    try {
      json = JsonTree.read(bytes);
    } catch (JsonProcessingException e) {
      throw new IOException(
          "header is not JSON: " + e.getOriginalMessage().lines().findFirst().orElse(""), e);
    }
    if (json == null || !json.isObject()) {
      throw new IOException("header is not a JSON object");
    }
    Map<String, TensorEntry> entries = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> member : json.properties()) {
      if (!member.getKey().equals(METADATA)) {
        entries.put(member.getKey(), entry(member.getKey(), member.getValue()));
      }
    }
    checkCover(entries.values().stream().toList(), dataBytes);
    return entries;
  }

  private static TensorEntry entry(String name, JsonNode node) throws IOException {
    String type = node.path("dtype").asText("");
    if (!type.equals(TensorEntry.F32) && !type.equals(TensorEntry.I32)) {
      throw new IOException(
          "tensor %s: type, expected F32 or I32, got \"%s\"".formatted(name, type));
    }
    long[] shape = numbers(name, "shape", node.path("shape"));
    long[] offsets = numbers(name, "data_offsets", node.path("data_offsets"));
    if (offsets.length != 2 || offsets[1] < offsets[0]) {
      throw new IOException(
          "tensor %s: data_offsets, expected a begin and an end, got %s"
              .formatted(name, Arrays.toString(offsets)));
    }
    long bytes = Integer.BYTES;
    try {
      for (long size : shape) {
        bytes = Math.multiplyExact(bytes, size);
      }
    } catch (ArithmeticException e) {
      throw new IOException(
          "tensor %s: shape is too large, got %s".formatted(name, Arrays.toString(shape)), e);
    }
    if (offsets[1] - offsets[0] != bytes) {
      throw new IOException(
          "tensor %s: data_offsets do not fit the shape %s, expected %d bytes, got %d"
              .formatted(name, Arrays.toString(shape), bytes, offsets[1] - offsets[0]));
    }
    return new TensorEntry(name, type, shape, offsets[0], offsets[1]);
  }

  private static long[] numbers(String name, String key, JsonNode node) throws IOException {
    if (!node.isArray()) {
      throw new IOException("tensor %s: %s is not an array".formatted(name, key));
    }
    long[] numbers = new long[node.size()];
    for (int i = 0; i < numbers.length; i++) {
      JsonNode element = node.get(i);
      if (!element.isIntegralNumber() || !element.canConvertToLong() || element.asLong() < 0) {
        throw new IOException(
            "tensor %s: %s, expected integers from 0, got %s".formatted(name, key, element));
      }
      numbers[i] = element.asLong();
    }
    return numbers;
  }

  private static void checkCover(List<TensorEntry> entries, long dataBytes) throws IOException {
    List<TensorEntry> sorted = new ArrayList<>(entries);
    sorted.sort(Comparator.comparingLong(TensorEntry::begin).thenComparingLong(TensorEntry::end));
    long covered = 0;
    for (TensorEntry entry : sorted) {
      if (entry.begin() != covered) {
        throw new IOException(
            "tensor %s: %s, expected to begin at %d, got %d"
                .formatted(
                    entry.name(),
                    entry.begin() < covered ? "overlaps another" : "leaves a gap",
                    covered,
                    entry.begin()));
      }
      covered = entry.end();
    }
    if (covered != dataBytes) {
      throw new IOException(
          "tensors do not cover the data, expected %d bytes, got %d".formatted(covered, dataBytes));
    }
  }
}
