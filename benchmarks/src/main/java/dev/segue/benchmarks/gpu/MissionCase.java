package dev.segue.benchmarks.gpu;

import dev.segue.engine.network.AdamOptimiser;
import dev.segue.engine.network.FullSoftmaxStep;
import dev.segue.engine.network.GruNetwork;
import dev.segue.engine.network.Initialisation;
import dev.segue.engine.network.NetworkShape;
import dev.segue.engine.network.Parameter;
import dev.segue.engine.network.ParameterSet;
import dev.segue.engine.network.Regularisation;
import dev.segue.engine.network.TrainingStep;
import dev.segue.engine.sequences.Batch;
import dev.segue.kernels.Backend;
import dev.segue.kernels.PackedLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/// The mission's training step: embedding, one GRU layer, softmax over all items, Adam 0.001.
final class MissionCase implements GpuMeasure.Case {
  private static final double RATE = 0.001;

  private final TrainingStep training;
  private final ParameterSet parameters;
  private final Batch batch;
  private long step;

  private MissionCase(TrainingStep training, ParameterSet parameters, Batch batch) {
    this.training = training;
    this.parameters = parameters;
    this.batch = batch;
  }

  static MissionCase open(Backend backend, Size size, Path data) throws IOException {
    NetworkShape shape = new NetworkShape(size.items(), size.embedding(), size.hidden(), 1, false);
    ParameterSet parameters = new ParameterSet(backend, shape);
    Initialisation.fill(parameters, 42);
    for (Parameter parameter : parameters.all()) {
      Inputs.write(data.resolve("mission." + parameter.name()), parameter.value());
    }
    int rows = size.sessions() * size.length();
    int[] inputs = Inputs.items(rows, size.items(), 1);
    int[] targets = Inputs.items(rows, size.items(), 2);
    Inputs.write(data.resolve("mission.inputs"), inputs);
    Inputs.write(data.resolve("mission.targets"), targets);
    int[] live = new int[size.length()];
    Arrays.fill(live, size.sessions());
    TrainingStep training =
        new FullSoftmaxStep(
            backend,
            new GruNetwork(backend, parameters),
            new AdamOptimiser(backend, shape, RATE),
            Regularisation.none(),
            0);
    return new MissionCase(
        training, parameters, new Batch(new PackedLayout(live), inputs, targets));
  }

  @Override
  public double step() {
    step++;
    return training.run(batch, step, 1).loss() / batch.size();
  }

  @Override
  public void close() {
    training.close();
    parameters.close();
  }
}
