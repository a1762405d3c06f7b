package dev.segue.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// One pass of a model over all targets: threads take batches of sessions from a common counter, so
/// that none waits for a long session of another. A model that lets in one thread at a time and
/// computes on all processors scores one batch while others are being ranked.
final class EvaluationRun {
  private final SessionModel model;
  private final EvaluationTargets targets;
  private final EvaluationTally tally;
  private final int longestList;
  private final int rows;
  private final float[] zeroScores;
  private int nextSession;
  private final AtomicBoolean failed = new AtomicBoolean();
  private long done;

  EvaluationRun(
      SessionModel model,
      EvaluationTargets targets,
      EvaluationTally tally,
      int longestList,
      int bufferFloats) {
    this.model = model;
    this.targets = targets;
    this.tally = tally;
    this.longestList = Math.min(longestList, model.vocabularySize());
    rows = Math.max(1, bufferFloats / model.vocabularySize());
    zeroScores = new float[model.vocabularySize()];
  }

  /// Scores and counts all targets.
  ///
  /// @param threads how many platform threads work
  /// @param progress receives the number of targets done
  void execute(int threads, LongConsumer progress) {
    model.start().scores(zeroScores);
    List<Callable<@Nullable Void>> workers = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      workers.add(() -> work(progress));
    }
    try (ExecutorService pool =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().daemon().name("segue-evaluate-", 0).factory())) {
      for (Future<@Nullable Void> worker : pool.invokeAll(workers)) {
        worker.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ModelException("evaluate: interrupted", e);
    } catch (ExecutionException e) {
      throw rethrow(e.getCause());
    }
  }

  private @Nullable Void work(LongConsumer progress) {
    ScoreBuffer buffer = new ScoreBuffer(tally, model.vocabularySize(), rows, longestList);
    try {
      for (Batch batch = next(); batch != null && !failed.get(); batch = next()) {
        buffer.process(new TargetBatch(targets, batch.from, batch.to), model, zeroScores);
        report(targets.targets(batch.from, batch.to), progress);
      }
      buffer.finish();
      return null;
    } catch (RuntimeException | Error e) {
      failed.set(true);
      throw e;
    }
  }

  /// Takes as many sessions as fill a buffer, at least one, or returns null after the last.
  private synchronized @Nullable Batch next() {
    int from = nextSession;
    long room = rows;
    while (nextSession < targets.log().sessionCount() && room > 0) {
      room -= targets.scored(nextSession, nextSession + 1);
      nextSession++;
    }
    return from == nextSession ? null : new Batch(from, nextSession);
  }

  private synchronized void report(long newlyDone, LongConsumer progress) {
    done += newlyDone;
    progress.accept(done);
  }

  private record Batch(int from, int to) {}

  private static RuntimeException rethrow(@Nullable Throwable cause) {
    return switch (cause) {
      case RuntimeException e -> e;
      case Error e -> throw e;
      case null, default -> new ModelException("evaluate: failed, " + cause);
    };
  }
}
