package dev.segue.kernels;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/// A file of PyTorch's numbers, made by `src/test/golden/make_golden.py`.
final class Golden {
  private record Values(int rows, int columns, float[] numbers) {}

  private final Map<String, Values> tensors = new HashMap<>();

  private Golden() {}

  static Golden read(String name) {
    Golden golden = new Golden();
    var stream = Golden.class.getResourceAsStream("golden/" + name + ".txt");
    Objects.requireNonNull(stream, name);
    try (var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        String[] header = line.split(" ", -1);
        int rows = Integer.parseInt(header[1]);
        int columns = Integer.parseInt(header[2]);
        float[] numbers = new float[rows * columns];
        for (int row = 0; row < rows; row++) {
          String[] fields = Objects.requireNonNull(reader.readLine()).split(" ", -1);
          for (int column = 0; column < columns; column++) {
            numbers[row * columns + column] = Float.parseFloat(fields[column]);
          }
        }
        golden.tensors.put(header[0], new Values(rows, columns, numbers));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return golden;
  }

  float[] numbers(String name) {
    return values(name).numbers.clone();
  }

  int[] integers(String name) {
    float[] numbers = values(name).numbers;
    int[] integers = new int[numbers.length];
    for (int i = 0; i < integers.length; i++) {
      integers[i] = (int) numbers[i];
    }
    return integers;
  }

  Tensor tensor(Backend backend, String name) {
    Values values = values(name);
    return backend.tensor(values.rows, values.columns, values.numbers);
  }

  private Values values(String name) {
    return Objects.requireNonNull(tensors.get(name), name);
  }
}
