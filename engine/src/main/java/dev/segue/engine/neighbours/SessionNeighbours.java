package dev.segue.engine.neighbours;

/// Scores items by the sessions that resemble the current one: V-SkNN, STAN and VSTAN, which differ
/// in their [Weights] only.
///
/// Let the current session s have l distinct items, x(c) the steps from item c back to the last
/// one, and m(n) the shared item with the fewest. Among the `sample` most recent sessions n that
/// share an item with s, the k with the highest similarity are the neighbours N:
///
/// ```
/// sim(s, n) = Σ_{c ∈ s ∩ n} w(x(c)) · exp(−age(n) / λ) / √(l · |n|)
/// score(i)  = (1 + α · idf(i)) · Σ_{n ∈ N, i ∈ n} sim(s, n) · u(x(m(n))) · v(|p_n(i) − p_n(m(n))|)
/// ```
///
/// p_n is the place in the neighbour, age its days before the most recent session of the index (the
/// time of the current session would be the same factor for all), idf(i) = ln(sessions / sessions
/// with i).
///
/// | method | w | age | root | u | v | idf |
/// |---|---|---|---|---|---|---|
/// | V-SkNN | linear, quadratic | – | – | by steps | – | yes |
/// | STAN | exponential | yes | yes | – | exponential | – |
/// | VSTAN | exponential | yes | yes | exponential | exponential | yes |
///
/// Sources: Ludewig and Jannach, "Evaluation of session-based recommendation algorithms", UMUAI
/// 2018 (V-SkNN); Garg et al., "Sequence and time aware neighborhood for session-based
/// recommendations", SIGIR 2019 (STAN, equations 1 to 5); Ludewig et al., "Empirical analysis of
/// session-based recommendation algorithms", UMUAI 2021 (VSTAN).
public final class SessionNeighbours implements NeighbourScorer {
  private static final double SECONDS_PER_DAY = 86_400;

  private final SessionIndex index;
  private final Weights weights;
  private final float[] sessionWeights;
  private final float[] itemFactors;
  private final float[] distances;

  /// The weights of a method.
  ///
  /// @param k most neighbours, at least 1
  /// @param sample most sessions to choose them from, at least 1 and at most the index's bound
  /// @param position w: weight of a shared item by its place in the current session
  /// @param recencyDays λ, or infinity
  /// @param normalised whether similarity is divided by √(l · |n|)
  /// @param match u: weight of a neighbour by the place of the last shared item in the current
  ///   session
  /// @param distance v: weight of an item by its distance from the last shared one in the neighbour
  /// @param idf α, or 0
  public record Weights(
      int k,
      int sample,
      Decay position,
      double recencyDays,
      boolean normalised,
      Decay match,
      Decay distance,
      double idf) {}

  /// Prepares the weights that depend on a session or an item alone: 4 bytes for each of both.
  ///
  /// @throws IllegalArgumentException when `sample` is above the index's bound
  public SessionNeighbours(SessionIndex index, Weights weights) {
    if (weights.k < 1 || weights.sample < 1 || weights.sample > index.bound()) {
      throw new IllegalArgumentException(
          "neighbours: expected k of at least 1 and a sample of 1 to %d, got %d and %d"
              .formatted(index.bound(), weights.k, weights.sample));
    }
    this.index = index;
    this.weights = weights;
    sessionWeights = new float[index.keptSessions()];
    int longest = 1;
    for (int session = 0; session < sessionWeights.length; session++) {
      double days = index.columns().ages()[session] / SECONDS_PER_DAY;
      longest = Math.max(longest, index.length(session));
      double norm = weights.normalised ? Math.sqrt(index.length(session)) : 1;
      sessionWeights[session] = (float) (Math.exp(-days / weights.recencyDays) / norm);
    }
    distances = weights.distance.weights(longest);
    itemFactors = new float[index.items()];
    for (int item = 0; item < itemFactors.length; item++) {
      itemFactors[item] = (float) (1 + weights.idf * index.idf(item));
    }
  }

  @Override
  public SessionIndex index() {
    return index;
  }

  @Override
  public void score(int[] session, int length, SearchSpace space) {
    find(session, length, space);
    space.keepMostSimilar(weights.k);
    float[] match = weights.match.weights(length);
    for (int i = 0; i < space.sessionsFound(); i++) {
      int steps = space.stepsBack(i);
      float weight = space.similarity(i) * match[steps];
      addItems(space.session(i), session[length - 1 - steps], weight, space.scores());
    }
    space.scores().scale(itemFactors);
  }

  /// Finds the most recent sessions that share an item, with their similarity.
  private void find(int[] session, int length, SearchSpace space) {
    float[] position = weights.position.weights(length);
    float norm = weights.normalised ? (float) Math.sqrt(length) : 1;
    SessionMerge merge = new SessionMerge(index.columns(), session, length);
    space.clearSessions();
    while (!merge.isAtEnd() && space.sessionsFound() < weights.sample) {
      int found = merge.session();
      // Lists come in order, so the first one is that of the last shared item.
      int stepsBack = merge.list();
      float sum = 0;
      while (!merge.isAtEnd() && merge.session() == found) {
        sum += position[merge.list()];
        merge.advance();
      }
      space.found(found, stepsBack, sum * sessionWeights[found] / norm);
    }
  }

  private void addItems(int neighbour, int shared, float weight, ItemScores scores) {
    int[] items = index.columns().sessionItems();
    int from = index.columns().sessionOffsets()[neighbour];
    int to = index.columns().sessionOffsets()[neighbour + 1];
    int place = from;
    while (place < to - 1 && items[place] != shared) {
      place++;
    }
    for (int i = from; i < to; i++) {
      scores.add(items[i], weight * distances[Math.abs(i - place)]);
    }
  }
}
