package dev.segue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.data.SessionLog;
import dev.segue.data.SessionLogs;
import dev.segue.kernels.Backend;
import dev.segue.kernels.BackendChoice;
import dev.segue.kernels.Backends;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A mapped log trains and is evaluated as the same log in the heap.
class MappedTrainingTest {
  @TempDir Path folder;

  @Test
  void theModelIsTheSameBitForBit() throws IOException {
    SessionLog log = Logs.cycles(12, 80, 1);
    Path file = folder.resolve("log.segue-log");
    SessionLogs.write(log, file);
    SessionLog mapped = SessionLogs.read(file);
    assertThat(mapped.isMapped()).isTrue();
    Settings settings = Training.settings("max-length", "3", "validation", "0.2");
    try (Backend backend = Backends.open(BackendChoice.AUTO)) {
      Training.train(backend, Training.request(log, settings, folder.resolve("heap")));
      Training.train(backend, Training.request(mapped, settings, folder.resolve("mapped")));
      assertThat(Files.readAllBytes(folder.resolve("mapped/weights.safetensors")))
          .isEqualTo(Files.readAllBytes(folder.resolve("heap/weights.safetensors")));
      try (TrainedModel model = TrainedModel.read(folder.resolve("mapped"), backend)) {
        Evaluator evaluator = new Evaluator(1, 5);
        EvaluationReport ofMapped = evaluator.evaluate(model, mapped);
        EvaluationReport ofHeap = evaluator.evaluate(model, log);
        assertThat(ofMapped.predictions()).isEqualTo(ofHeap.predictions());
        assertThat(ofMapped.mrr()).isEqualTo(ofHeap.mrr());
        assertThat(ofMapped.popularity()).isEqualTo(ofHeap.popularity());
      }
    }
  }
}
