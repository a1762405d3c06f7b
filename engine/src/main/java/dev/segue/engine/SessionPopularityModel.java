package dev.segue.engine;

import dev.segue.data.Catalogue;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// Scores items by how often they occurred in the session so far:
///
/// ```
/// score(i) = count(i) + support(i) / (1 + max support)
/// ```
///
/// The second term is below 1, so that popularity orders equals only.
///
/// Source: S-POP in Hidasi et al., "Session-based recommendations with recurrent neural networks",
/// ICLR 2016, section 4.1.
final class SessionPopularityModel implements SessionModel {
  private final Catalogue items;
  private final float[] backOff;

  SessionPopularityModel(Catalogue items, int[] support) {
    this.items = items;
    int most = Arrays.stream(support).max().orElse(0);
    backOff = new float[support.length];
    for (int i = 0; i < backOff.length; i++) {
      backOff[i] = (float) (support[i] / (1.0 + most));
    }
  }

  @Override
  public String name() {
    return "session-popularity";
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
    private final Map<Integer, Integer> counts = new HashMap<>();

    @Override
    public void add(ModelEvent event) {
      counts.merge(event.item(), 1, Integer::sum);
    }

    @Override
    public void scores(float[] out) {
      System.arraycopy(backOff, 0, out, 0, backOff.length);
      counts.forEach((item, count) -> out[item] += count);
    }

    @Override
    int items() {
      return backOff.length;
    }
  }
}
