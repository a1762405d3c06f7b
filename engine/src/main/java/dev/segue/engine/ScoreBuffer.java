package dev.segue.engine;

import dev.segue.engine.ranking.BestItems;

/// Keeps the scores that a model shows to one thread until they can be ranked, so that the model is
/// free for another thread meanwhile. Not thread safe.
final class ScoreBuffer {
  private final EvaluationTally tally;
  private final BestItems best;
  private final GroupCounts counts;
  private final SessionRanks ranks = new SessionRanks();
  private final int items;
  private final float[] scores;
  private final int[] sessions;
  private final int[] positions;

  /// Makes an empty buffer.
  ///
  /// @param rows how many arrays of scores it holds
  ScoreBuffer(EvaluationTally tally, int items, int rows, int longestList) {
    this.tally = tally;
    this.items = items;
    best = new BestItems(longestList);
    counts = tally.countsOfThread();
    scores = new float[rows * items];
    sessions = new int[rows];
    positions = new int[rows];
  }

  /// Scores and ranks the targets of a batch.
  ///
  /// @param zeroScores the scores before any input
  void process(TargetBatch batch, SessionModel model, float[] zeroScores) {
    ranks.start(batch);
    if (!batch.withoutInput().isEmpty()) {
      tally.add(batch.withoutInput(), zeroScores, 0, best, ranks);
    }
    ModelEvent[][] inputs = batch.inputs();
    if (inputs.length > 0) {
      Rows rows = new Rows(batch);
      model.scoreTargets(inputs, rows);
      rows.rank();
    }
    ranks.countInto(counts);
  }

  /// Hands on what was counted by session.
  void finish() {
    tally.add(counts);
  }

  /// The rows of one batch.
  private final class Rows implements SessionModel.TargetVisitor {
    private final TargetBatch batch;
    private int size;

    Rows(TargetBatch batch) {
      this.batch = batch;
    }

    @Override
    public void visit(int session, int position, float[] from, int offset) {
      if (size == sessions.length) {
        rank();
      }
      System.arraycopy(from, offset, scores, size * items, items);
      sessions[size] = session;
      positions[size++] = position;
    }

    void rank() {
      for (int row = 0; row < size; row++) {
        tally.add(batch.targets(sessions[row], positions[row]), scores, row * items, best, ranks);
      }
      size = 0;
    }
  }
}
