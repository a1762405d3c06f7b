package dev.segue.engine.example;

import dev.segue.data.SessionLog;
import dev.segue.data.SessionLogs;
import dev.segue.engine.Settings;
import dev.segue.engine.Trainer;
import dev.segue.engine.TrainingListener;
import dev.segue.engine.TrainingRequest;
import dev.segue.engine.TrainingResult;
import dev.segue.kernels.Backend;
import dev.segue.kernels.BackendChoice;
import dev.segue.kernels.Backends;
import java.nio.file.Path;
import java.util.Map;

/// The page's example of training.
final class TrainingUse {
  private TrainingUse() {}

  // example
  static TrainingResult train(Path clicks, Path modelDirectory) {
    SessionLog sessions = SessionLogs.read(clicks);
    Settings settings =
        Settings.defaults().with("embedding", "100").with("hidden", "100").with("tied", "true");
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public boolean stopRequested() {
            return Thread.currentThread().isInterrupted(); // saves a checkpoint to resume from
          }
        };
    try (Backend backend = Backends.open(BackendChoice.AUTO)) {
      return new Trainer(backend)
          .train(
              new TrainingRequest(sessions, null, settings, modelDirectory, false, Map.of()),
              listener);
    }
  }
  // example
}
