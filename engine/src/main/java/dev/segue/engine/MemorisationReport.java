package dev.segue.engine;

import java.util.Locale;

/// What [MemorisationProtocol] found.
///
/// @param items V
/// @param trainedSessions sessions that were trained on and scored
/// @param heldOutSessions sessions that were only scored
/// @param epochs passes over the training sessions
/// @param trainedHitRate hit rate at 10 of the last step on the sessions trained on
/// @param heldOutHitRate the same on the held-out sessions
/// @param chance what guessing gives: 10 / V
/// @param seconds training time
public record MemorisationReport(
    int items,
    int trainedSessions,
    int heldOutSessions,
    int epochs,
    double trainedHitRate,
    double heldOutHitRate,
    double chance,
    double seconds) {

  /// Returns both figures and what they mean, for people.
  public String toText() {
    return String.format(
        Locale.ROOT,
        """
        The mission's protocol: %,d items, sessions drawn at random, %d epochs in %.0f s.
        Hit rate at 10, last step:
          sessions trained on   %.4f   (%,d sessions)
          sessions held out     %.4f   (%,d sessions)
          guessing              %.4f   (10 of %,d items)
        The first figure is memory, not quality: random sessions hold nothing else to learn.
        """,
        items,
        epochs,
        seconds,
        trainedHitRate,
        trainedSessions,
        heldOutHitRate,
        heldOutSessions,
        chance,
        items);
  }
}
