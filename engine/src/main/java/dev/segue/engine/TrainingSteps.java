package dev.segue.engine;

import dev.segue.engine.network.AdagradOptimiser;
import dev.segue.engine.network.AdamOptimiser;
import dev.segue.engine.network.FullSoftmaxStep;
import dev.segue.engine.network.GruNetwork;
import dev.segue.engine.network.NetworkShape;
import dev.segue.engine.network.Optimiser;
import dev.segue.engine.network.Regularisation;
import dev.segue.engine.network.SampledStep;
import dev.segue.engine.network.TrainingStep;
import dev.segue.engine.sampling.NegativeSampler;
import dev.segue.kernels.Backend;

/// Makes the steps of a run from its settings.
final class TrainingSteps {
  private TrainingSteps() {}

  static TrainingStep of(
      Backend backend, Settings settings, GruNetwork network, TrainingData data) {
    Optimiser optimiser = optimiser(backend, settings, network.trained().shape());
    Regularisation regularisation =
        new Regularisation(
            (float) settings.dropoutEmbedding(),
            (float) settings.dropoutHidden(),
            settings.seed(),
            settings.labelSmoothing());
    if (settings.loss().equals(Settings.CROSS_ENTROPY)) {
      return new FullSoftmaxStep(backend, network, optimiser, regularisation, settings.clip());
    }
    NegativeSampler sampler =
        new NegativeSampler(data.statistics().support(), settings.negatives(), settings.seed());
    return new SampledStep(
        backend,
        network,
        sampler::columns,
        settings.objective(),
        optimiser,
        regularisation,
        settings.clip());
  }

  private static Optimiser optimiser(Backend backend, Settings settings, NetworkShape shape) {
    return settings.optimiser().equals(Settings.ADAGRAD)
        ? new AdagradOptimiser(backend, shape, settings.rate(), settings.momentum())
        : new AdamOptimiser(backend, shape, settings.rate());
  }
}
