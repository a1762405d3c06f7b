package dev.segue.engine;

import dev.segue.data.SessionLog;
import dev.segue.kernels.Backend;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// Small training runs for tests.
final class Training {
  private Training() {}

  /// Returns settings that train in milliseconds, with changes as pairs of key and value.
  static Settings settings(String... changes) {
    Map<String, String> all =
        new HashMap<>(
            Map.of("embedding", "5", "hidden", "6", "batch", "8", "epochs", "3", "rate", "0.01"));
    for (int i = 0; i < changes.length; i += 2) {
      all.put(changes[i], changes[i + 1]);
    }
    return Settings.of(all);
  }

  static TrainingRequest request(SessionLog log, Settings settings, Path output) {
    return new TrainingRequest(log, null, settings, output, false, Map.of("source", "a test"));
  }

  static TrainingRequest resumed(TrainingRequest request) {
    return new TrainingRequest(
        request.sessions(),
        request.catalogue(),
        request.settings(),
        request.output(),
        true,
        request.provenance());
  }

  static TrainingResult train(Backend backend, TrainingRequest request) {
    return new Trainer(backend).train(request, new TrainingListener() {});
  }

  /// A listener that asks to stop after some batches.
  static TrainingListener stoppingAfter(int batches) {
    return new TrainingListener() {
      private int done;

      @Override
      public void progressed(Progress progress) {
        done++;
      }

      @Override
      public boolean stopRequested() {
        return done >= batches;
      }
    };
  }
}
