package dev.segue.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/// The events of a log that are still kept while it is filtered.
final class EventSelection {
  private final SessionLog log;
  private final BitSet kept;

  EventSelection(SessionLog log) {
    this.log = log;
    kept = new BitSet(log.eventCount());
    kept.set(0, log.eventCount());
  }

  /// Returns the number of kept events of each item.
  int[] support() {
    int[] support = new int[log.items().size()];
    kept.stream().forEach(event -> support[log.item(event)]++);
    return support;
  }

  FilterStep removeItems(boolean[] isRemoved, String name) {
    int before = kept.cardinality();
    BitSet items = new BitSet();
    kept.stream()
        .filter(event -> isRemoved[log.item(event)])
        .forEach(event -> {
          items.set(log.item(event));
          kept.clear(event);
        });
    return new FilterStep(name, items.cardinality(), 0, before - kept.cardinality());
  }

  FilterStep removeRepeats(String name) {
    int before = kept.cardinality();
    for (int session = 0; session < log.sessionCount(); session++) {
      int previous = -1;
      for (int event = first(session); event >= 0; event = after(event, session)) {
        if (log.item(event) == previous) {
          kept.clear(event);
        }
        previous = log.item(event);
      }
    }
    return new FilterStep(name, 0, 0, before - kept.cardinality());
  }

  FilterStep removeShortSessions(int minLength, String name) {
    int sessions = 0;
    int events = 0;
    for (int session = 0; session < log.sessionCount(); session++) {
      int length = length(session);
      if (length > 0 && length < minLength) {
        kept.clear(log.start(session), log.end(session));
        sessions++;
        events += length;
      }
    }
    return new FilterStep(name, 0, sessions, events);
  }

  /// Returns the items that kept events have, in the order of the log's vocabulary.
  Vocabulary vocabulary() {
    int[] support = support();
    List<String> ids = new ArrayList<>();
    for (int item = 0; item < support.length; item++) {
      if (support[item] > 0) {
        ids.add(log.items().id(item));
      }
    }
    return Vocabulary.of(ids);
  }

  /// Returns the kept events as a log; the vocabulary must hold their items.
  SessionLog toLog(Vocabulary vocabulary) {
    int[] sessions = new int[log.sessionCount()];
    int[] starts = new int[log.sessionCount() + 1];
    int count = 0;
    for (int session = 0; session < log.sessionCount(); session++) {
      int length = length(session);
      if (length > 0) {
        sessions[count] = session;
        starts[count + 1] = starts[count] + length;
        count++;
      }
    }
    int[] numbers = new int[log.items().size()];
    Arrays.setAll(numbers, item -> vocabulary.number(log.items().id(item)));
    return log.arranged(
        Arrays.copyOf(sessions, count),
        Arrays.copyOf(starts, count + 1),
        kept.stream().toArray(),
        vocabulary,
        numbers);
  }

  private int length(int session) {
    return kept.get(log.start(session), log.end(session)).cardinality();
  }

  private int first(int session) {
    return within(kept.nextSetBit(log.start(session)), session);
  }

  private int after(int event, int session) {
    return within(kept.nextSetBit(event + 1), session);
  }

  private int within(int event, int session) {
    return event < log.end(session) ? event : -1;
  }
}
