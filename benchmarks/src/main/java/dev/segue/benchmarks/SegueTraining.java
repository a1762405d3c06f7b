package dev.segue.benchmarks;

import dev.segue.engine.network.AdamOptimiser;
import dev.segue.engine.network.GruNetwork;
import dev.segue.engine.network.Initialisation;
import dev.segue.engine.network.ParameterSet;
import dev.segue.engine.network.Regularisation;
import dev.segue.engine.sequences.Batch;
import dev.segue.kernels.Backend;

/// Training as Segue's trainer does it.
final class SegueTraining implements TrainingTask {
  private final Backend backend;
  private final Problem problem;
  private final ParameterSet parameters;
  private final ParameterSet gradients;
  private final GruNetwork network;
  private final AdamOptimiser optimiser;
  private int step;

  SegueTraining(Backend backend, Problem problem) {
    this.backend = backend;
    this.problem = problem;
    parameters = new ParameterSet(backend, problem.shape());
    Initialisation.fill(parameters, problem.seed());
    gradients = new ParameterSet(backend, problem.shape());
    network = new GruNetwork(backend, parameters);
    optimiser = new AdamOptimiser(backend, problem.shape(), Problem.RATE);
  }

  @Override
  public double step() {
    Batch batch = problem.batch(step);
    double loss =
        network.accumulateGradients(batch, gradients, Regularisation.none(), step + 1L)
            / batch.size();
    step++;
    optimiser.step(parameters, gradients, step);
    return loss;
  }

  @Override
  public void close() {
    backend.close();
  }
}
