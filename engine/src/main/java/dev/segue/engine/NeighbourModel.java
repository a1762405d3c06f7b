package dev.segue.engine;

import dev.segue.data.Catalogue;
import dev.segue.engine.neighbours.ItemScores;
import dev.segue.engine.neighbours.NeighbourScorer;
import dev.segue.engine.neighbours.SearchSpace;
import dev.segue.engine.neighbours.SessionIndex;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/// Scores items by past sessions. Items that no neighbour has follow all others in order of their
/// support, with scores below 0:
///
/// ```
/// score(i) = support(i) / (1 + max support) − 1
/// ```
///
/// A session's state is its last distinct items; repeats move an item to the end.
final class NeighbourModel implements SessionModel {
  private final String name;
  private final Catalogue items;
  private final NeighbourScorer scorer;
  private final int maxLength;
  private final float repeats;
  private final float[] backOff;
  private final Queue<SearchSpace> spaces = new ConcurrentLinkedQueue<>();

  /// Makes the model.
  ///
  /// @param name for tables
  /// @param items the catalogue, the V items of the index first
  /// @param scorer what answers
  /// @param maxLength how many distinct items of a session are looked at, the last ones
  NeighbourModel(String name, Catalogue items, NeighbourScorer scorer, int maxLength) {
    this(name, items, scorer, maxLength, 1);
  }

  private NeighbourModel(
      String name, Catalogue items, NeighbourScorer scorer, int maxLength, float repeats) {
    this.repeats = repeats;
    this.name = name;
    this.items = items;
    this.scorer = scorer;
    this.maxLength = maxLength;
    int[] support = scorer.index().columns().support();
    int most = Arrays.stream(support).max().orElse(0);
    backOff = new float[support.length];
    for (int i = 0; i < backOff.length; i++) {
      backOff[i] = (float) (support[i] / (1.0 + most) - 1);
    }
  }

  /// Makes the model that some settings describe.
  static NeighbourModel of(NeighbourSettings settings, SessionIndex index, Catalogue items) {
    NeighbourSettings fitting = settings.within(index);
    return new NeighbourModel(
        settings.kind(), items, fitting.scorer(index), settings.maxLength(), settings.repeats());
  }

  @Override
  public String name() {
    return name;
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
  public State start() {
    return new State();
  }

  /// Searches past sessions and hands the scores on; nothing is found for a session without items.
  private void search(int[] session, int length, Consumer<ItemScores> use) {
    if (length == 0) {
      return;
    }
    SearchSpace pooled = spaces.poll();
    SearchSpace space = pooled == null ? new SearchSpace(backOff.length) : pooled;
    scorer.score(session, length, space);
    for (int i = 0; i < length && repeats != 1; i++) {
      space.scores().multiply(session[i], repeats);
    }
    use.accept(space.scores());
    space.scores().clear();
    spaces.add(space);
  }

  /// The last distinct items of one session.
  final class State extends ScoredState {
    private int[] session = new int[Math.min(8, maxLength)];
    private int length;

    @Override
    public void add(ModelEvent event) {
      int item = event.item();
      if (item < 0 || item >= vocabularySize()) {
        throw new IllegalArgumentException(
            "%s: item the model does not know, expected 0 to %d, got %d"
                .formatted(name, vocabularySize() - 1, item));
      }
      int place = 0;
      while (place < length && session[place] != item) {
        place++;
      }
      if (place == length && length < maxLength) {
        if (length == session.length) {
          session = Arrays.copyOf(session, Math.min(2 * length, maxLength));
        }
        length++;
      } else {
        int gone = place == length ? 0 : place;
        System.arraycopy(session, gone + 1, session, gone, length - gone - 1);
      }
      session[length - 1] = item;
    }

    @Override
    public void scores(float[] out) {
      System.arraycopy(backOff, 0, out, 0, backOff.length);
      search(
          session,
          length,
          scores -> {
            for (int i = 0; i < scores.size(); i++) {
              out[scores.item(i)] = scores.score(scores.item(i));
            }
          });
    }

    /// Adds to each item its part of all scores, times a factor; without neighbours nothing.
    void addShares(double factor, float[] out) {
      search(
          session,
          length,
          scores -> {
            double sum = 0;
            for (int i = 0; i < scores.size(); i++) {
              sum += scores.score(scores.item(i));
            }
            for (int i = 0; sum > 0 && i < scores.size(); i++) {
              out[scores.item(i)] += (float) (factor * scores.score(scores.item(i)) / sum);
            }
          });
    }

    @Override
    int items() {
      return vocabularySize();
    }
  }
}
