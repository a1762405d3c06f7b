package dev.segue.server.cli;

import dev.segue.data.Catalogue;
import dev.segue.data.SessionLog;
import dev.segue.engine.EpochResult;
import dev.segue.engine.tuning.Preset;
import dev.segue.engine.tuning.PresetListener;
import dev.segue.engine.tuning.PresetRequest;
import dev.segue.engine.tuning.PresetResult;
import dev.segue.engine.tuning.PresetTrainer;
import dev.segue.kernels.Backend;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Trains by a preset and tells what is being tried.
final class PresetTraining {
  private final Terminal terminal;
  private final Interrupts interrupts;

  PresetTraining(Terminal terminal, Interrupts interrupts) {
    this.terminal = terminal;
    this.interrupts = interrupts;
  }

  /// Trains and prints what was chosen; returns false when interrupted.
  boolean train(
      Backend device,
      Preset preset,
      Path sessions,
      SessionLog log,
      @Nullable Path catalogue,
      Path out,
      boolean resume)
      throws IOException {
    terminal.tell("Preset %s: %s".formatted(preset.name(), preset.description()));
    interrupts.guard();
    Catalogue items = catalogue == null ? null : Catalogue.read(catalogue);
    PresetRequest request =
        new PresetRequest(log, items, preset, out, resume, Provenance.of(sessions, catalogue));
    PresetResult result;
    try (Stages stages = new Stages()) {
      result = new PresetTrainer(device, stages).train(request);
    }
    if (result.interrupted()) {
      return false;
    }
    terminal.print(
        String.format(
            Locale.ROOT,
            "data      %s: %,d sessions, %,d events",
            sessions,
            log.sessionCount(),
            log.eventCount()));
    terminal.print("model     " + model(result));
    terminal.print(String.format(Locale.ROOT, "time      %.1f s", result.seconds()));
    terminal.print("written   " + out);
    return true;
  }

  private static String model(PresetResult result) {
    return result.kind().equals("blend")
        ? "blend, the GRU's part is " + result.weight()
        : result.kind();
  }

  /// Passes training on to its usual display.
  private final class Stages implements PresetListener, AutoCloseable {
    private final TrainingProgress training =
        new TrainingProgress(terminal, interrupts::isRequested);

    @Override
    public void stage(String what) {
      training.close();
      terminal.tell(what + " …");
    }

    @Override
    public void measured(String model, double recall, double mrr) {
      terminal.tell(
          String.format(Locale.ROOT, "  Recall@20 %.4f  MRR@20 %.4f  %s", recall, mrr, model));
    }

    @Override
    public void started(Plan plan) {
      training.started(plan);
    }

    @Override
    public void progressed(Progress progress) {
      training.progressed(progress);
    }

    @Override
    public void epochFinished(EpochResult result) {
      training.epochFinished(result);
    }

    @Override
    public boolean stopRequested() {
      return interrupts.isRequested();
    }

    @Override
    public void close() {
      training.close();
    }
  }
}
