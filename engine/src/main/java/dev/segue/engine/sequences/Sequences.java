package dev.segue.engine.sequences;

import dev.segue.data.SessionLog;
import dev.segue.data.Vocabulary;
import dev.segue.kernels.PackedLayout;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The windows of all sessions of a log.
///
/// A session of m known items has m − 1 pairs of an input and its target, the item after it. They
/// are cut into consecutive windows of at most `maxLength` pairs, so that every event after a
/// session's first is a target exactly once, and the first input of a window is the event before
/// its first target. Events whose item is not in the vocabulary are left out and counted.
///
/// Events stay in the log, which may be a mapped file: a window is read when its batch is made.
/// What is kept in memory are 4 bytes for every sixteen sessions.
public final class Sequences {
  /// Windows are numbered through the log; of every so many sessions the first window is noted, and
  /// from there they are counted.
  private static final int STRIDE = 16;

  private final SessionLog log;
  private final int[] numbers;
  private final int maxLength;
  private final EventCodes codes;
  private final DwellWeights weights;
  private final int[] firstWindows;
  private int windows;
  private int sessions;
  private long targets;
  private long skipped;

  private Sequences(
      SessionLog log, int[] numbers, int maxLength, EventCodes codes, DwellWeights weights) {
    this.log = log;
    this.numbers = numbers;
    this.maxLength = maxLength;
    this.codes = codes;
    this.weights = weights;
    firstWindows = new int[Math.ceilDiv(log.sessionCount(), STRIDE)];
  }

  /// Cuts a log into windows.
  ///
  /// @param log the sessions
  /// @param vocabulary the model's items; item numbers of the windows are its numbers
  /// @param maxLength inputs in a window at most, at least 1
  public static Sequences of(SessionLog log, Vocabulary vocabulary, int maxLength) {
    return of(log, vocabulary, maxLength, EventCodes.none());
  }

  /// As above, with what else a network takes of an event.
  public static Sequences of(
      SessionLog log, Vocabulary vocabulary, int maxLength, EventCodes codes) {
    if (maxLength < 1) {
      throw new IllegalArgumentException(
          "sequences: max length, expected at least 1, got " + maxLength);
    }
    int[] numbers = new int[log.items().size()];
    Arrays.setAll(numbers, i -> vocabulary.number(log.items().id(i)));
    return counted(new Sequences(log, numbers, maxLength, codes, DwellWeights.none()));
  }

  /// Returns the same windows with targets that count by the time spent on them.
  ///
  /// @param exponent p of [DwellWeights]
  public Sequences weighted(double exponent) {
    DwellWeights relative = new DwellWeights(exponent, 1);
    double sum = 0;
    for (int window = 0; window < windows; window++) {
      int[] events = events(window);
      for (int i = 1; i < events.length; i++) {
        sum += relative.ofTarget(log.dwellMillis(events[i]));
      }
    }
    DwellWeights scaled = new DwellWeights(exponent, sum / Math.max(1, targets));
    return counted(new Sequences(log, numbers, maxLength, codes, scaled));
  }

  private static Sequences counted(Sequences sequences) {
    sequences.count();
    return sequences;
  }

  private void count() {
    for (int session = 0; session < log.sessionCount(); session++) {
      if (session % STRIDE == 0) {
        firstWindows[session / STRIDE] = windows;
      }
      int pairs = pairs(session);
      windows += Math.ceilDiv(pairs, maxLength);
      sessions += pairs > 0 ? 1 : 0;
      targets += pairs;
      skipped += Math.max(0, log.end(session) - log.start(session) - 1) - pairs;
    }
  }

  /// Returns the number of windows.
  public int windows() {
    return windows;
  }

  /// Returns the number of sessions that have at least one target.
  public int sessions() {
    return sessions;
  }

  /// Returns the number of targets.
  public long targets() {
    return targets;
  }

  /// Returns the number of targets that were left out, because they or all events before them are
  /// not in the vocabulary.
  public long skipped() {
    return skipped;
  }

  /// Packs windows into a batch, longest first, equal lengths in the order given.
  Batch pack(int[] windows) {
    int[][] sorted = Arrays.stream(windows).mapToObj(this::events).toArray(int[][]::new);
    Arrays.sort(sorted, (a, b) -> Integer.compare(b.length, a.length));
    PackedLayout layout =
        PackedLayout.ofLengths(
            Arrays.stream(sorted).mapToInt(events -> events.length - 1).toArray());
    int[] inputs = new int[layout.rows()];
    int[] targets = new int[layout.rows()];
    int[] targetEvents = new int[layout.rows()];
    EventFeatures features = codes.areNone() ? null : codes.allocate(layout.rows());
    int row = 0;
    for (int step = 0; step < layout.steps(); step++) {
      for (int i = 0; i < layout.batchSize(step); i++) {
        inputs[row] = item(sorted[i][step]);
        targetEvents[row] = sorted[i][step + 1];
        targets[row] = item(targetEvents[row]);
        if (features != null) {
          codes.put(features, row, log, sorted[i][step]);
        }
        row++;
      }
    }
    return new Batch(layout, inputs, targets, null, features, weights(targetEvents));
  }

  /// Returns the weights of some targets, or none where all count the same.
  float[] weights(int[] targetEvents) {
    if (weights.areNone()) {
      return Batch.EQUAL_WEIGHTS;
    }
    float[] each = new float[targetEvents.length];
    for (int i = 0; i < each.length; i++) {
      each[i] = weights.ofTarget(log.dwellMillis(targetEvents[i]));
    }
    return each;
  }

  /// Returns the features of some events, or null where nothing but items is taken.
  @Nullable EventFeatures features(int[] events) {
    if (codes.areNone()) {
      return null;
    }
    EventFeatures features = codes.allocate(events.length);
    for (int i = 0; i < events.length; i++) {
      codes.put(features, i, log, events[i]);
    }
    return features;
  }

  /// Returns the vocabulary's number of an event's item.
  int item(int event) {
    return numbers[log.item(event)];
  }

  /// Returns the inputs of a window and its last target.
  int[] items(int window) {
    return Arrays.stream(events(window)).map(this::item).toArray();
  }

  /// Returns the events of the inputs of a window and of its last target.
  int[] events(int window) {
    int session = STRIDE * stride(window);
    int before = firstWindows[session / STRIDE];
    int pairs = pairs(session);
    while (before + Math.ceilDiv(pairs, maxLength) <= window) {
      before += Math.ceilDiv(pairs, maxLength);
      session++;
      pairs = pairs(session);
    }
    int done = (window - before) * maxLength;
    int[] events = new int[Math.min(maxLength, pairs - done) + 1];
    int left = -done;
    for (int event = log.start(session); left < events.length; event++) {
      if (item(event) >= 0) {
        if (left >= 0) {
          events[left] = event;
        }
        left++;
      }
    }
    return events;
  }

  /// Returns the last stride whose first window is not after this one.
  private int stride(int window) {
    int low = 0;
    int high = firstWindows.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (firstWindows[middle] <= window) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - 1;
  }

  /// Returns the number of pairs of known items in a session.
  private int pairs(int session) {
    int known = 0;
    int end = log.end(session);
    for (int event = log.start(session); event < end; event++) {
      known += numbers[log.item(event)] >= 0 ? 1 : 0;
    }
    return Math.max(0, known - 1);
  }
}
