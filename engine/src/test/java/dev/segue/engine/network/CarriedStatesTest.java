package dev.segue.engine.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.segue.data.SessionLog;
import dev.segue.engine.sequences.Batch;
import dev.segue.engine.sequences.BatchPlan;
import dev.segue.engine.sequences.Batches;
import dev.segue.engine.sequences.Sequences;
import dev.segue.engine.sequences.SessionParallelPlan;
import dev.segue.kernels.Backend;
import dev.segue.kernels.BackendChoice;
import dev.segue.kernels.Backends;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CarriedStatesTest {
  private static final int ITEMS = 7;

  private static Sequences sequences() {
    SessionLog.Builder builder = SessionLog.builder();
    int[] lengths = {4, 2, 6, 3, 5, 2, 9, 2};
    for (int session = 0; session < lengths.length; session++) {
      for (int i = 0; i < lengths[session]; i++) {
        builder.add("s" + session, "i" + (session * 3 + i * i) % ITEMS);
      }
    }
    SessionLog log = builder.build();
    return Sequences.of(log, log.items(), 1000);
  }

  /// With weights that stay, the losses of sessions side by side are those of whole sessions: a
  /// state that is not carried, or is reset a step late or too often, changes them.
  @ParameterizedTest
  @CsvSource({"1, 1", "3, 1", "3, 2", "20, 2"})
  void lossesSideBySideAreThoseOfWholeSessions(int slots, int layers) {
    NetworkShape shape = new NetworkShape(ITEMS, 5, 6, layers, false);
    try (Backend backend = Backends.open(BackendChoice.AUTO);
        ParameterSet parameters = new ParameterSet(backend, shape);
        ParameterSet gradients = new ParameterSet(backend, shape);
        CarriedStates carried = new CarriedStates(backend, shape, slots)) {
      Initialisation.fill(parameters, 3);
      GruNetwork network = new GruNetwork(backend, parameters, carried);
      double whole = network.loss(BatchPlan.inOrder(sequences(), 100).batch(0));
      for (int epoch = 1; epoch <= 2; epoch++) {
        Batches plan = SessionParallelPlan.shuffled(sequences(), slots, 42, epoch);
        double sum = 0;
        for (int number = 0; number < plan.batches(); number++) {
          Batch batch = plan.batch(number);
          sum +=
              network.accumulateGradients(batch, gradients, Regularisation.none(), 1).getAsDouble();
        }
        assertThat(sum).isCloseTo(whole, within(1e-4));
      }
    }
  }

  @Test
  void aBatchThatCarriesNeedsSomewhereToKeepStates() {
    NetworkShape shape = new NetworkShape(ITEMS, 5, 6, 1, false);
    try (Backend backend = Backends.open(BackendChoice.SCALAR);
        ParameterSet parameters = new ParameterSet(backend, shape);
        ParameterSet gradients = new ParameterSet(backend, shape)) {
      GruNetwork network = new GruNetwork(backend, parameters);
      Batch batch = SessionParallelPlan.shuffled(sequences(), 2, 42, 1).batch(0);
      assertThatThrownBy(() ->
              network.accumulateGradients(batch, gradients, Regularisation.none(), 1).getAsDouble())
          .hasMessage("network: the batch carries states, none are kept here");
    }
  }
}
