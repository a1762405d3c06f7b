package dev.segue.benchmarks.gpu;

import dev.segue.engine.network.AdagradOptimiser;
import dev.segue.engine.network.CarriedStates;
import dev.segue.engine.network.GruNetwork;
import dev.segue.engine.network.Initialisation;
import dev.segue.engine.network.NetworkShape;
import dev.segue.engine.network.Parameter;
import dev.segue.engine.network.ParameterSet;
import dev.segue.engine.network.Regularisation;
import dev.segue.engine.network.SampledColumns;
import dev.segue.engine.network.SampledStep;
import dev.segue.engine.network.TrainingStep;
import dev.segue.engine.sequences.Batch;
import dev.segue.kernels.Backend;
import dev.segue.kernels.PackedLayout;
import dev.segue.kernels.SampledLoss;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/// A tied model whose sessions run side by side, a step a batch, with shared negatives and Adagrad.
/// The batches go round a few; sessions start at the first batch only.
final class TiedCase implements GpuMeasure.Case {
  private static final double RATE = 0.05;
  private static final int BATCHES = 16;

  private final TrainingStep training;
  private final ParameterSet parameters;
  private final CarriedStates carried;
  private final Size size;
  private final int[] inputs;
  private final int[] targets;
  private final int[] negatives;
  private long step;

  private TiedCase(Backend backend, Size size, ParameterSet parameters, int[][] ids) {
    this.size = size;
    this.parameters = parameters;
    this.inputs = ids[0];
    this.targets = ids[1];
    this.carried = new CarriedStates(backend, parameters.shape(), size.tiedBatch());
    this.negatives = ids[2];
    this.training =
        new SampledStep(
            backend,
            new GruNetwork(backend, parameters, carried),
            this::withNegatives,
            new SampledLoss.Softmax(),
            new AdagradOptimiser(backend, parameters.shape(), RATE, 0),
            Regularisation.none(),
            0);
  }

  static TiedCase open(Backend backend, Size size, Path data) throws IOException {
    NetworkShape shape =
        new NetworkShape(size.tiedItems(), size.tiedWidth(), size.tiedWidth(), 1, true);
    ParameterSet parameters = new ParameterSet(backend, shape);
    Initialisation.fill(parameters, 42);
    for (Parameter parameter : parameters.all()) {
      Inputs.write(data.resolve("tied." + parameter.name()), parameter.value());
    }
    int[][] ids = {
      Inputs.items(BATCHES * size.tiedBatch(), size.tiedItems(), 1),
      Inputs.items(BATCHES * size.tiedBatch(), size.tiedItems(), 2),
      Inputs.items(BATCHES * size.negatives(), size.tiedItems(), 3)
    };
    Inputs.write(data.resolve("tied.inputs"), ids[0]);
    Inputs.write(data.resolve("tied.targets"), ids[1]);
    Inputs.write(data.resolve("tied.negatives"), ids[2]);
    return new TiedCase(backend, size, parameters, ids);
  }

  private SampledColumns withNegatives(int[] batch, long number) {
    int count = size.negatives();
    int from = (int) ((number - 1) % BATCHES) * count;
    int[] items = Arrays.copyOf(batch, batch.length + count);
    System.arraycopy(negatives, from, items, batch.length, count);
    return new SampledColumns(items, new float[0]);
  }

  @Override
  public double step() {
    int count = size.tiedBatch();
    int from = (int) (step % BATCHES) * count;
    int[] slots = new int[count];
    Arrays.setAll(slots, i -> i);
    boolean[] starts = new boolean[count];
    Arrays.fill(starts, step == 0);
    Batch batch =
        new Batch(
            PackedLayout.singleStep(count),
            Arrays.copyOfRange(inputs, from, from + count),
            Arrays.copyOfRange(targets, from, from + count),
            new Batch.Carry(slots, starts),
            null,
            Batch.EQUAL_WEIGHTS);
    step++;
    return training.run(batch, step, 1).loss() / count;
  }

  @Override
  public void close() {
    training.close();
    parameters.close();
    carried.close();
  }
}
