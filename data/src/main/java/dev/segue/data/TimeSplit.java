package dev.segue.data;

import java.util.List;

/// Splits by time only, by the start of sessions; a log without times is split by its order.
///
/// A session belongs whole to one part. Where a cut by share falls between sessions that start at
/// the same moment, they keep their order in the log: neither lies in the past of the other. A
/// training session may still end after the first test session starts; what it holds is known to
/// the model, and that is why splits go by start, as in the published protocols.
public final class TimeSplit {
  private static final long MILLIS_OF_DAY = 86_400_000L;

  private TimeSplit() {}

  /// Puts the last sessions by start into test and those before them into validation.
  ///
  /// @param log the log
  /// @param validationShare share of the sessions, 0 to below 1
  /// @param testShare share of the sessions, 0 to below 1
  public static Split byShare(SessionLog log, double validationShare, double testShare) {
    requireShare("validationShare", validationShare);
    requireShare("testShare", testShare);
    if (validationShare + testShare >= 1) {
      throw new IllegalArgumentException(
          "byShare: nothing is left to train on, expected shares that sum to less than 1, got %s"
              .formatted(validationShare + testShare));
    }
    SessionLog ordered = log.inOrder();
    int count = ordered.sessionCount();
    int test = count - (int) Math.round(count * testShare);
    int validation = test - (int) Math.round(count * validationShare);
    // Rounding may leave a very short log without anything to train on.
    int first = Math.min(1, count);
    return cut(ordered, Math.max(validation, first), Math.max(test, first));
  }

  /// Puts the sessions that start in the last days into test and those that start in the same
  /// number of days before into validation; days are counted back from the last start.
  ///
  /// @param log a log with times
  /// @param validationDays days of validation, 0 for none
  /// @param testDays days of test, 0 for none
  public static Split byLastDays(SessionLog log, double validationDays, double testDays) {
    if (!log.hasTimes()) {
      throw new DataException(
          "byLastDays: the log has no times, expected times, or a split by share instead");
    }
    if (!(validationDays >= 0 && testDays >= 0 && validationDays + testDays < 1e6)) {
      throw new IllegalArgumentException(
          "byLastDays: not a number of days, expected 0 or more, got %s and %s"
              .formatted(validationDays, testDays));
    }
    if (log.sessionCount() == 0) {
      return cut(log, 0, 0);
    }
    SessionLog ordered = log.inOrder();
    long last = start(ordered, ordered.sessionCount() - 1);
    long testFrom = last - Math.round(testDays * MILLIS_OF_DAY);
    long validationFrom = testFrom - Math.round(validationDays * MILLIS_OF_DAY);
    int validation = firstAfter(ordered, validationFrom);
    int test = firstAfter(ordered, testFrom);
    if (validation == 0) {
      throw new DataException(
          "byLastDays: nothing is left to train on, expected a log of more than %s days, got %s"
              .formatted(
                  validationDays + testDays, (last - start(ordered, 0)) / (double) MILLIS_OF_DAY));
    }
    return cut(ordered, validation, test);
  }

  /// Throws a [DataException] unless no session id is in two parts and every session of a later
  /// part starts no earlier than every one of an earlier part.
  public static void checkNoLeak(Split split) {
    checkDistinct(split);
    checkOrder(split.train(), "train", split.validation(), "validation");
    checkOrder(split.train(), "train", split.test(), "test");
    checkOrder(split.validation(), "validation", split.test(), "test");
  }

  private static void requireShare(String name, double share) {
    if (!(share >= 0 && share < 1)) {
      throw new IllegalArgumentException(
          "byShare: %s is no share, expected 0 to below 1, got %s".formatted(name, share));
    }
  }

  private static long start(SessionLog log, int session) {
    return log.timeMillis(log.start(session));
  }

  private static int firstAfter(SessionLog log, long time) {
    int first = 0;
    while (first < log.sessionCount() && start(log, first) <= time) {
      first++;
    }
    return first;
  }

  private static Split cut(SessionLog log, int validation, int test) {
    return new Split(
        log.slice(0, validation), log.slice(validation, test), log.slice(test, log.sessionCount()));
  }

  private static void checkDistinct(Split split) {
    List<String> names = List.of("train", "validation", "test");
    RepeatedIds.Repeated repeated =
        RepeatedIds.first(List.of(split.train(), split.validation(), split.test()));
    if (repeated != null) {
      throw new DataException(
          "split: a session is in two parts, expected each in one, got \"%s\" again in %s"
              .formatted(repeated.id(), names.get(repeated.log())));
    }
  }

  private static void checkOrder(
      SessionLog earlier, String earlierName, SessionLog later, String laterName) {
    if (!earlier.hasTimes() || !later.hasTimes()) {
      return;
    }
    int last = 0;
    int first = 0;
    for (int s = 0; s < earlier.sessionCount(); s++) {
      last = start(earlier, s) > start(earlier, last) ? s : last;
    }
    for (int s = 0; s < later.sessionCount(); s++) {
      first = start(later, s) < start(later, first) ? s : first;
    }
    if (earlier.sessionCount() == 0 || later.sessionCount() == 0) {
      return;
    }
    if (start(later, first) < start(earlier, last)) {
      throw new DataException(
          "split: %s holds a session that starts before the end of %s: \"%s\" at %d, \"%s\" at %d"
              .formatted(
                  laterName,
                  earlierName,
                  later.sessionId(first),
                  start(later, first),
                  earlier.sessionId(last),
                  start(earlier, last)));
    }
  }
}
