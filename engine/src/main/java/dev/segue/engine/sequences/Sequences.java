package dev.segue.engine.sequences;

import dev.segue.data.SessionLog;
import dev.segue.data.Vocabulary;
import dev.segue.kernels.PackedLayout;
import java.util.Arrays;

/// The windows of all sessions of a log.
///
/// A session of m known items has m − 1 pairs of an input and its target, the item after it. They
/// are cut into consecutive windows of at most `maxLength` pairs, so that every event after a
/// session's first is a target exactly once, and the first input of a window is the event before
/// its first target. Events whose item is not in the vocabulary are left out and counted.
public final class Sequences {
  private final int[] items;
  private final int[] starts;
  private final int[] lengths;
  private final int sessions;
  private final long skipped;

  private Sequences(int[] items, int[] starts, int[] lengths, int sessions, long skipped) {
    this.items = items;
    this.starts = starts;
    this.lengths = lengths;
    this.sessions = sessions;
    this.skipped = skipped;
  }

  /// Cuts a log into windows.
  ///
  /// @param log the sessions
  /// @param vocabulary the model's items; item numbers of the windows are its numbers
  /// @param maxLength inputs in a window at most, at least 1
  public static Sequences of(SessionLog log, Vocabulary vocabulary, int maxLength) {
    if (maxLength < 1) {
      throw new IllegalArgumentException(
          "sequences: max length, expected at least 1, got " + maxLength);
    }
    int[] numbers = new int[log.items().size()];
    Arrays.setAll(numbers, i -> vocabulary.number(log.items().id(i)));
    int[] items = new int[log.eventCount()];
    IntList starts = new IntList();
    IntList lengths = new IntList();
    int size = 0;
    int sessions = 0;
    long skipped = 0;
    for (int session = 0; session < log.sessionCount(); session++) {
      int first = size;
      for (int event = log.start(session); event < log.end(session); event++) {
        int number = numbers[log.item(event)];
        if (number >= 0) {
          items[size++] = number;
        }
      }
      int pairs = Math.max(0, size - first - 1);
      skipped += Math.max(0, log.end(session) - log.start(session) - 1) - pairs;
      sessions += pairs > 0 ? 1 : 0;
      for (int done = 0; done < pairs; done += maxLength) {
        starts.add(first + done);
        lengths.add(Math.min(maxLength, pairs - done));
      }
    }
    return new Sequences(items, starts.toArray(), lengths.toArray(), sessions, skipped);
  }

  /// Returns the number of windows.
  public int windows() {
    return starts.length;
  }

  /// Returns the number of sessions that have at least one target.
  public int sessions() {
    return sessions;
  }

  /// Returns the number of targets.
  public long targets() {
    return Arrays.stream(lengths).asLongStream().sum();
  }

  /// Returns the number of targets that were left out, because they or all events before them are
  /// not in the vocabulary.
  public long skipped() {
    return skipped;
  }

  /// Returns the inputs of a window and its last target.
  int[] items(int window) {
    return Arrays.copyOfRange(items, starts[window], starts[window] + lengths[window] + 1);
  }

  /// Packs windows into a batch, longest first, equal lengths in the order given.
  Batch pack(int[] windows) {
    int[] sorted =
        Arrays.stream(windows)
            .boxed()
            .sorted((a, b) -> Integer.compare(lengths[b], lengths[a]))
            .mapToInt(Integer::intValue)
            .toArray();
    PackedLayout layout =
        PackedLayout.ofLengths(Arrays.stream(sorted).map(window -> lengths[window]).toArray());
    int[] inputs = new int[layout.rows()];
    int[] targets = new int[layout.rows()];
    int row = 0;
    for (int step = 0; step < layout.steps(); step++) {
      for (int i = 0; i < layout.batchSize(step); i++) {
        int position = starts[sorted[i]] + step;
        inputs[row] = items[position];
        targets[row] = items[position + 1];
        row++;
      }
    }
    return new Batch(layout, inputs, targets);
  }
}
