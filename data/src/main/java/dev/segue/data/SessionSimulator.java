package dev.segue.data;

import java.util.Locale;

/// Makes sessions of people who do not exist, for demonstrations and tests. The same catalogue,
/// mode, number of sessions and seed give the same log, bit for bit, on every machine.
public final class SessionSimulator {
  /// The mission's number of sessions.
  public static final int DEFAULT_SESSIONS = 4000;

  private SessionSimulator() {}

  /// How people behave.
  public enum Mode {
    /// The mission's way: each row of the catalogue gets a random session and a random action of
    /// `Clicked`, `Searched`, `Scrolled`; no times, no dwell.
    ///
    /// It shows that formats, training and memorising work. It cannot show that a model recommends
    /// well: every item occurs once, at random, so nothing that was seen says anything about what
    /// comes next, and on sessions a model was not trained on it must stay at chance.
    UNIFORM,

    /// People with tastes who walk along the shelves of a shop (the rules stand in
    /// `data/README.md`): one to three tastes a session, the next item near the last one on its
    /// shelf and a little further on, popular items more often, switches of domain that keep the
    /// taste, dwell that depends on liking, times over 60 days.
    ///
    /// It shows that a model learns what is there to learn: popularity, which items belong
    /// together, the order of items, tastes that carry over from one domain to another, and what
    /// short dwell means. It cannot show how good recommendations are for real people, whose
    /// sessions are noisier and follow other rules.
    TASTE;

    /// Reads `uniform` or `taste` in any case.
    public static Mode parse(String text) {
      return switch (text.toLowerCase(Locale.ROOT)) {
        case "uniform" -> UNIFORM;
        case "taste" -> TASTE;
        default ->
            throw new IllegalArgumentException(
                "mode: unknown, expected taste or uniform, got \"%s\"".formatted(text));
      };
    }
  }

  /// Returns a simulated log over the catalogue's items; its vocabulary is all of them, by number.
  ///
  /// @param mode how people behave
  /// @param catalogue what there is; an empty one is a [DataException]
  /// @param sessions how many sessions; in uniform mode at most so many
  /// @param seed chooses one of many logs
  public static SessionLog simulate(Mode mode, Catalogue catalogue, int sessions, long seed) {
    if (sessions < 1) {
      throw new IllegalArgumentException(
          "simulate: number of sessions, expected 1 or more, got " + sessions);
    }
    if (catalogue.size() == 0) {
      throw new DataException("simulate: the catalogue is empty, expected at least one item");
    }
    Vocabulary items = Vocabulary.of(catalogue.items().stream().map(Item::id).toList());
    SessionLog.Builder log = SessionLog.builder(items);
    switch (mode) {
      case UNIFORM -> uniform(log, items, sessions, seed);
      case TASTE -> taste(log, catalogue, sessions, seed);
    }
    return log.build();
  }

  private static void uniform(SessionLog.Builder log, Vocabulary items, int sessions, long seed) {
    String[] actions = {"Clicked", "Searched", "Scrolled"};
    var random = new SimulationRandom(seed);
    for (String item : items.ids()) {
      String session = Integer.toString(1 + random.nextInt(sessions));
      log.add(session, item, SessionLog.NO_TIME, actions[random.nextInt(actions.length)], -1);
    }
  }

  private static void taste(SessionLog.Builder log, Catalogue catalogue, int sessions, long seed) {
    var tastes = new Tastes(catalogue, seed);
    for (int session = 1; session <= sessions; session++) {
      var walk = new TasteWalk(catalogue, tastes, SimulationRandom.of(seed, session));
      walk.addTo(log, Integer.toString(session));
    }
  }
}
