package dev.segue.engine.neighbours;

/// Scores items by how often and how soon they came after the last item of the current session:
///
/// ```
/// score(j | i) = Σ_{sessions with i before j} 1 / (p(j) − p(i))
/// ```
///
/// The sum runs over the most recent sessions that the index lists for i, p is the place in such a
/// session.
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
      int found = columns.lists()[i];
      int end = columns.sessionOffsets()[found + 1];
      int place = columns.sessionOffsets()[found];
      while (place < end && columns.sessionItems()[place] != last) {
        place++;
      }
      for (int j = place + 1; j < Math.min(end, place + 1 + maxSteps); j++) {
        space.scores().add(columns.sessionItems()[j], 1f / (j - place));
      }
    }
  }
}
