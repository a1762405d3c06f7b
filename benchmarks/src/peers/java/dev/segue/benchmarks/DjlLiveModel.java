package dev.segue.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import dev.segue.engine.files.SafetensorsReader;
import dev.segue.engine.files.TensorEntry;
import dev.segue.kernels.Backend;
import dev.segue.kernels.BackendChoice;
import dev.segue.kernels.Backends;
import dev.segue.kernels.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A GRU of one layer in PyTorch, one event at a time, on arrays in DJL's own file format.
final class DjlLiveModel implements LiveModel {
  private static final String FILE = "weights.ndlist";
  private static final List<String> NAMES =
      List.of(
          "embedding.weight",
          "gru.weight_ih_l0",
          "gru.weight_hh_l0",
          "gru.bias_ih_l0",
          "gru.bias_hh_l0",
          "output.weight",
          "output.bias");

  private final NDManager manager;
  private final NDList weights;
  private NDArray hidden;

  DjlLiveModel(NDManager manager, Path directory) {
    this.manager = manager;
    try (InputStream in = Files.newInputStream(directory.resolve(FILE))) {
      weights = NDList.decode(manager, in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    hidden = zeros();
  }

  /// Writes a model's weights in DJL's format.
  static void write(NDManager manager, Path directory) throws IOException {
    NDList weights = new NDList();
    try (SafetensorsReader reader =
            SafetensorsReader.open(directory.resolve("weights.safetensors"));
        Backend backend = Backends.open(BackendChoice.SCALAR);
        OutputStream out = Files.newOutputStream(directory.resolve(FILE))) {
      for (String name : NAMES) {
        TensorEntry entry = reader.entries().get(name);
        if (entry == null) {
          throw new IOException("%s has no %s".formatted(directory, name));
        }
        long[] shape = entry.shape();
        int rows = shape.length == 1 ? 1 : Math.toIntExact(shape[0]);
        try (Tensor tensor = backend.allocate(rows, Math.toIntExact(shape[shape.length - 1]))) {
          reader.read(name, shape, tensor);
          weights.add(manager.create(tensor.toArray(), new Shape(shape)));
        }
      }
      weights.encode(out);
    }
  }

  private NDArray zeros() {
    return manager.zeros(new Shape(1, 1, weights.get(2).getShape().get(1)));
  }

  @Override
  public void reset() {
    replace(zeros());
  }

  private void replace(NDArray state) {
    hidden.close();
    hidden = state;
  }

  @Override
  public void append(int item) {
    NDArray next;
    try (NDManager call = manager.newSubManager()) {
      NDArray items = call.create(new long[] {item}, new Shape(1, 1));
      NDArray input =
          items.getNDArrayInternal().embedding(items, weights.get(0), SparseFormat.DENSE).get(0);
      next =
          input
              .getNDArrayInternal()
              .gru(
                  input,
                  hidden,
                  weights.subNDList(1).subNDList(0, 4),
                  true,
                  1,
                  0,
                  false,
                  false,
                  false)
              .get(1);
      next.attach(manager);
    }
    replace(next);
  }

  @Override
  public int[] best(int k) {
    try (NDManager call = manager.newSubManager()) {
      NDArray state = hidden.reshape(1, -1);
      state.attach(call);
      return DjlRanker.best(state, weights.get(5), weights.get(6), k)[0];
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
