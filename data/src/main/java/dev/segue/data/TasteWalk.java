package dev.segue.data;

import java.util.Arrays;

/// One simulated session. All numbers of the behaviour stand at the top; `data/README.md` says what
/// they mean together.
final class TasteWalk {
  private static final double[] CHANCE_OF_ONE_TWO_THREE_TASTES = {0.5, 0.35, 0.15};
  private static final double CHANCE_OF_ANOTHER_EVENT = 0.87;
  private static final int LONGEST_SESSION = 50;

  private static final double CHANCE_OF_DOMAIN_SWITCH = 0.15;
  private static final double CHANCE_OF_TASTE_SWITCH = 0.07;
  private static final double CHANCE_OF_GOING_BACK = 0.04;
  private static final double CHANCE_OF_WHIM = 0.03;

  /// How far a person sees along a shelf.
  private static final int SIGHT = 6;

  private static final double FALL_PER_STEP = 0.55;
  private static final double PULL_OF_SAME_CREATOR = 2;

  private static final double LIKING_OF_A_WHIM = 0.3;
  private static final double LIKING_OF_WHAT_ONE_GOES_BACK_TO = 0.95;
  private static final double LIKING_ON_OWN_SHELF = 0.55;
  private static final double LIKING_FROM_POPULARITY = 0.3;

  private static final double LIKED_DWELL_MILLIS = 60_000;
  private static final double DISLIKED_DWELL_MILLIS = 5_000;
  private static final double DWELL_SPREAD = 0.5;
  private static final int LONGEST_DWELL_MILLIS = 30 * 60 * 1000;

  /// 2025-01-01T00:00:00Z.
  private static final long FIRST_DAY_MILLIS = 1_735_689_600_000L;

  private static final int DAYS = 60;
  private static final long DAY_MILLIS = 86_400_000L;

  private final Catalogue catalogue;
  private final Tastes tastes;
  private final SimulationRandom random;
  private final int[] ownTastes;

  /// Where this person stands on each shelf of own tastes, -1 where they have not been.
  private final int[][] positions;

  private final int[] visited = new int[LONGEST_SESSION];
  private int visits;
  private int taste;
  private int domain;
  private boolean lastWasLiked = true;

  TasteWalk(Catalogue catalogue, Tastes tastes, SimulationRandom random) {
    this.catalogue = catalogue;
    this.tastes = tastes;
    this.random = random;
    int count =
        1 + random.nextIndex(CHANCE_OF_ONE_TWO_THREE_TASTES, CHANCE_OF_ONE_TWO_THREE_TASTES.length);
    ownTastes = new int[count];
    positions = new int[count][tastes.domainCount()];
    for (int t = 0; t < count; t++) {
      ownTastes[t] = tastes.drawTaste(random);
      Arrays.fill(positions[t], -1);
    }
    domain = random.nextInt(tastes.domainCount());
  }

  void addTo(SessionLog.Builder log, String session) {
    long time = start();
    int length = length();
    for (int event = 0; event < length; event++) {
      Step step = event == 0 ? arrive() : next();
      boolean isLiked = random.nextChance(step.liking);
      int dwell = dwellMillis(isLiked);
      String action = step.isSought ? "Searched" : isLiked ? "Clicked" : "Scrolled";
      log.add(session, catalogue.item(step.item).id(), time, action, dwell);
      visited[visits++] = step.item;
      lastWasLiked = isLiked;
      time += dwell + 1000 + random.nextInt(9000);
    }
  }

  /// A visit to one item.
  ///
  /// @param item its number
  /// @param isSought whether the person went for it, and did not just see it beside the last
  /// @param liking the chance that the person likes it
  private record Step(int item, boolean isSought, double liking) {}

  private long start() {
    long day = random.nextInt(DAYS);
    // Two dice for the hour: most people come in the middle of the day.
    double share = (random.nextDouble() + random.nextDouble()) / 2;
    return FIRST_DAY_MILLIS + day * DAY_MILLIS + (long) (share * DAY_MILLIS);
  }

  private int length() {
    int length = 2;
    while (length < LONGEST_SESSION && random.nextChance(CHANCE_OF_ANOTHER_EVENT)) {
      length++;
    }
    return length;
  }

  private Step next() {
    double chance = random.nextDouble();
    // Who did not like the last item is more restless.
    double restlessness = lastWasLiked ? 1 : 2;
    chance -= CHANCE_OF_WHIM;
    if (chance < 0) {
      Shelf anywhere = tastes.shelf(tastes.drawTaste(random), random.nextInt(tastes.domainCount()));
      return new Step(anywhere.item(anywhere.drawArrival(random)), true, LIKING_OF_A_WHIM);
    }
    chance -= CHANCE_OF_GOING_BACK;
    if (chance < 0 && visits > 1) {
      int earlier = visited[random.nextInt(visits - 1)];
      return new Step(earlier, false, LIKING_OF_WHAT_ONE_GOES_BACK_TO);
    }
    chance -= CHANCE_OF_DOMAIN_SWITCH * restlessness;
    if (chance < 0 && tastes.domainCount() > 1) {
      return switchDomain();
    }
    chance -= CHANCE_OF_TASTE_SWITCH * restlessness;
    if (chance < 0 && ownTastes.length > 1) {
      taste = (taste + 1 + random.nextInt(ownTastes.length - 1)) % ownTastes.length;
      return positions[taste][domain] < 0 ? arrive() : along();
    }
    return along();
  }

  /// Goes to a shelf for the first time: to one of its popular items.
  private Step arrive() {
    int position = shelf().drawArrival(random);
    return at(position, true);
  }

  /// Keeps the taste and changes the domain: to where the person was on that shelf, or else to the
  /// place that lies as far along it as the place left does on its own.
  private Step switchDomain() {
    int left = positions[taste][domain];
    double share = left < 0 ? 0 : left / (double) shelf().size();
    domain = (domain + 1 + random.nextInt(tastes.domainCount() - 1)) % tastes.domainCount();
    if (positions[taste][domain] < 0) {
      positions[taste][domain] = (int) (share * shelf().size());
    }
    return along();
  }

  /// Goes on along the shelf: a few items further, nearer and more popular ones rather, those of
  /// the same creator rather; past what was not liked one looks further.
  private Step along() {
    Shelf shelf = shelf();
    int position = Math.max(0, positions[taste][domain]);
    int sight = Math.min(SIGHT, shelf.size() - 1);
    if (sight == 0) {
      return at(0, false);
    }
    String creator = catalogue.item(shelf.item(position)).creator();
    double[] weights = new double[sight];
    double nearness = 1;
    for (int step = 0; step < sight; step++) {
      int seen = (position + 1 + step) % shelf.size();
      boolean isSameCreator =
          lastWasLiked && catalogue.item(shelf.item(seen)).creator().equals(creator);
      weights[step] = nearness * shelf.pull(seen) * (isSameCreator ? PULL_OF_SAME_CREATOR : 1);
      nearness *= lastWasLiked ? FALL_PER_STEP : 1;
    }
    return at((position + 1 + random.nextIndex(weights, sight)) % shelf.size(), false);
  }

  private Step at(int position, boolean isSought) {
    positions[taste][domain] = position;
    int item = shelf().item(position);
    double popularity = catalogue.popularityPercentile(item) / 100;
    return new Step(item, isSought, LIKING_ON_OWN_SHELF + LIKING_FROM_POPULARITY * popularity);
  }

  private int dwellMillis(boolean isLiked) {
    double median = isLiked ? LIKED_DWELL_MILLIS : DISLIKED_DWELL_MILLIS;
    double millis = median * StrictMath.exp(DWELL_SPREAD * random.nextNormal());
    return (int) Math.min(LONGEST_DWELL_MILLIS, millis);
  }

  private Shelf shelf() {
    return tastes.shelf(ownTastes[taste], domain);
  }
}
