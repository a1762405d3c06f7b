package dev.segue.engine.network;

import dev.segue.engine.random.SeededRandom;
import dev.segue.kernels.Tensor;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.function.DoubleSupplier;

/// Initial weights, as PyTorch draws them for the mission's model:
///
/// | parameter | distribution |
/// |---|---|
/// | embedding table | N(0, 1); when tied U(−1/√H, 1/√H), or the first logits would be far too large |
/// | GRU weights and biases, every gate alike | U(−1/√H, 1/√H) |
/// | output weights and bias | U(−1/√H, 1/√H) |
/// | content features | 0: at the start an item is its id |
///
/// Each parameter has its own stream of random numbers, so that a change of one size leaves the
/// others' weights as they were.
public final class Initialisation {
  /// Keeps the streams of parameters apart from those of epochs, which count from 1.
  private static final long STREAM = 1L << 32;

  private Initialisation() {}

  /// Fills the parameters of a network from a seed.
  public static void fill(ParameterSet parameters, long seed) {
    double bound = 1 / Math.sqrt(parameters.shape().hidden());
    List<Parameter> all = parameters.all();
    for (int i = 0; i < all.size(); i++) {
      SeededRandom random = new SeededRandom(seed, STREAM + i);
      Tensor tensor = all.get(i).value();
      if (tensor == parameters.content() || tensor == parameters.outputContent()) {
        tensor.fill(0);
        continue;
      }
      boolean normal = tensor == parameters.embedding() && !parameters.shape().tied();
      draw(tensor, normal ? random::nextNormal : () -> (2 * random.nextDouble() - 1) * bound);
    }
  }

  private static void draw(Tensor tensor, DoubleSupplier numbers) {
    float[] row = new float[tensor.columns()];
    for (int i = 0; i < tensor.rows(); i++) {
      for (int j = 0; j < row.length; j++) {
        row[j] = (float) numbers.getAsDouble();
      }
      tensor.write(i, FloatBuffer.wrap(row));
    }
  }
}
