package dev.segue.engine.neighbours;

/// Scores items by how often they share a session with the last item of the current one:
///
/// ```
/// score(j | i) = sessions with i and j / √((sessions with i + λ) · (sessions with j + λ))
/// ```
///
/// The count runs over the most recent sessions that the index lists for i; λ keeps rare items from
/// looking certain. For the item itself those sessions count in which it occurs more than once.
///
/// Source: item-KNN as a baseline in Hidasi et al., "Session-based recommendations with recurrent
/// neural networks", ICLR 2016, section 4.1.
public final class ItemNeighbours implements NeighbourScorer {
  private final SessionIndex index;
  private final int sample;
  private final float[] factors;

  /// Makes the scorer.
  ///
  /// @param sample most sessions of the item that are looked at
  /// @param regularisation λ, at least 0
  public ItemNeighbours(SessionIndex index, int sample, double regularisation) {
    this.index = index;
    this.sample = sample;
    factors = new float[index.items()];
    for (int item = 0; item < factors.length; item++) {
      double support = index.columns().support()[item] + regularisation;
      factors[item] = (float) (1 / Math.sqrt(Math.max(1, support)));
    }
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
      for (int j = columns.sessionOffsets()[found]; j < columns.sessionOffsets()[found + 1]; j++) {
        int item = columns.sessionItems()[j];
        if (item != last || occursAgain(found, last)) {
          space.scores().add(item, factors[last]);
        }
      }
    }
    space.scores().scale(factors);
  }

  private boolean occursAgain(int session, int item) {
    int times = 0;
    if (index.hasRepeats(session)) {
      for (int i = index.eventsFrom(session); i < index.eventsTo(session); i++) {
        times += index.events(session)[i] == item ? 1 : 0;
      }
    }
    return times > 1;
  }
}
