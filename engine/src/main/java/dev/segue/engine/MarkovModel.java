package dev.segue.engine;

import dev.segue.data.Catalogue;

/// Scores items by how often they directly followed the last item of the session in training:
///
/// ```
/// score(j | i) = count(i → j) + 0.999 · support(j) / max support
/// ```
///
/// The second term is below 1: it orders items that never followed, and breaks ties among those
/// that did, by popularity, and never lifts one of the former above one of the latter. Before the
/// first event only popularity speaks.
final class MarkovModel implements SessionModel {
  private static final float BACK_OFF = 0.999f;
  private static final int NONE = -1;

  private final Catalogue items;
  private final TrainingStatistics statistics;
  private final float[] backOff;

  MarkovModel(Catalogue items, TrainingStatistics statistics) {
    this.items = items;
    this.statistics = statistics;
    int[] support = statistics.support();
    int most = 1;
    for (int count : support) {
      most = Math.max(most, count);
    }
    backOff = new float[support.length];
    for (int i = 0; i < support.length; i++) {
      backOff[i] = BACK_OFF * support[i] / most;
    }
  }

  @Override
  public String name() {
    return "markov";
  }

  @Override
  public Catalogue items() {
    return items;
  }

  @Override
  public int vocabularySize() {
    return backOff.length;
  }

  @Override
  public ModelState start() {
    return new State();
  }

  private final class State extends ScoredState {
    private int last = NONE;

    @Override
    public void add(ModelEvent event) {
      last = event.item();
    }

    @Override
    public void scores(float[] out) {
      System.arraycopy(backOff, 0, out, 0, backOff.length);
      if (last == NONE) {
        return;
      }
      int end = statistics.transitionOffsets()[last + 1];
      for (int i = statistics.transitionOffsets()[last]; i < end; i++) {
        out[statistics.successors()[i]] += statistics.counts()[i];
      }
    }

    @Override
    int items() {
      return backOff.length;
    }
  }
}
