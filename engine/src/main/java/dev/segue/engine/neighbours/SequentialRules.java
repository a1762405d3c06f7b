package dev.segue.engine.neighbours;

/// Scores items by how often and how soon they came after the last item of the current session:
///
/// ```
/// score(j | i) = Σ_{sessions} Σ_{p < q, item at p is i, at q is j} 1 / (q − p)
/// ```
///
/// The outer sum runs over the most recent sessions that the index lists for i, p and q are places
/// in such a session. Repeats count: an item that comes again follows itself.
///
/// Source: sequential rules in Ludewig and Jannach, "Evaluation of session-based recommendation
/// algorithms", UMUAI 2018, section 3.1.
public final class SequentialRules implements NeighbourScorer {
  private final SessionIndex index;
  private final int sample;
  private final int maxSteps;

  /// Makes the scorer.
  ///
  /// @param sample most sessions of the item that are looked at
  /// @param maxSteps greatest p(j) − p(i) that counts
  public SequentialRules(SessionIndex index, int sample, int maxSteps) {
    this.index = index;
    this.sample = sample;
    this.maxSteps = maxSteps;
  }

  @Override
  public SessionIndex index() {
    return index;
  }

  @Override
  public void score(int[] session, int length, SearchSpace space) {
    int last = session[length - 1];
    SessionIndex.Columns columns = index.columns();
    int from = columns.listOffsets()[last];
    int to = Math.min(columns.listOffsets()[last + 1], from + sample);
    for (int i = from; i < to; i++) {
      count(columns.lists()[i], last, space.scores());
    }
  }

  private void count(int session, int item, ItemScores scores) {
    int[] events = index.events(session);
    int end = index.eventsTo(session);
    for (int place = index.eventsFrom(session); place < end; place++) {
      for (int j = place + 1;
          events[place] == item && j < Math.min(end, place + 1 + maxSteps);
          j++) {
        scores.add(events[j], 1f / (j - place));
      }
    }
  }
}
