package dev.segue.benchmarks;

import dev.segue.engine.network.AdamOptimiser;
import dev.segue.engine.network.FullSoftmaxStep;
import dev.segue.engine.network.GruNetwork;
import dev.segue.engine.network.Initialisation;
import dev.segue.engine.network.Optimiser;
import dev.segue.engine.network.ParameterSet;
import dev.segue.engine.network.Regularisation;
import dev.segue.engine.network.SampledStep;
import dev.segue.engine.network.TrainingStep;
import dev.segue.engine.sequences.Batch;
import dev.segue.kernels.Backend;
import dev.segue.kernels.SampledLoss;

/// Training as Segue's trainer does it.
final class SegueTraining implements TrainingTask {
  private final Backend backend;
  private final Problem problem;
  private final TrainingStep training;
  private int step;

  SegueTraining(Backend backend, Problem problem) {
    this.backend = backend;
    this.problem = problem;
    ParameterSet parameters = new ParameterSet(backend, problem.shape());
    Initialisation.fill(parameters, problem.seed());
    GruNetwork network = new GruNetwork(backend, parameters);
    Optimiser adam = new AdamOptimiser(backend, problem.shape(), Problem.RATE);
    training =
        problem.isSampled()
            ? new SampledStep(
                backend,
                network,
                (targets, number) -> problem.columns((int) number - 1),
                new SampledLoss.Softmax(),
                adam,
                Regularisation.none(),
                0)
            : new FullSoftmaxStep(backend, network, adam, Regularisation.none(), 0);
  }

  @Override
  public double step() {
    Batch batch = problem.batch(step);
    step++;
    return training.run(batch, step, 1).loss() / batch.size();
  }

  @Override
  public void close() {
    training.close();
    backend.close();
  }
}
