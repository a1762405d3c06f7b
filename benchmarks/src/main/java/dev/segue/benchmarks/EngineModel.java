package dev.segue.benchmarks;

import dev.segue.engine.ModelEvent;
import dev.segue.engine.ModelState;
import dev.segue.engine.TrainedModel;
import dev.segue.kernels.Backend;
import dev.segue.kernels.BackendChoice;
import dev.segue.kernels.Backends;
import java.nio.file.Path;

/// Our own engine, on one thread.
final class EngineModel implements LiveModel {
  private static final int[] NOTHING = new int[0];

  private final Backend backend;
  private final TrainedModel model;
  private ModelState state;

  EngineModel(BackendChoice choice, Path directory) {
    backend = Backends.open(choice, 1);
    model = TrainedModel.read(directory, backend);
    state = model.gru().start();
  }

  @Override
  public void reset() {
    state = model.gru().start();
  }

  @Override
  public void append(int item) {
    state.add(new ModelEvent(item, "Clicked", -1));
  }

  // NullAway does not see the annotation of an array in another module.
  @SuppressWarnings("NullAway")
  @Override
  public int[] best(int k) {
    return state.top(k, NOTHING, null).items()[0];
  }

  @Override
  public void close() {
    model.close();
    backend.close();
  }
}
