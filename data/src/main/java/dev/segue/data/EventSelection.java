package dev.segue.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/// The events of a log that are still kept while it is filtered; a bit for each event and a count
/// for each item is all that it takes.
final class EventSelection {
  private final SessionLog log;
  private final BitSet kept;
  private final int[] support;
  private int events;

  EventSelection(SessionLog log) {
    this.log = log;
    events = log.eventCount();
    kept = new BitSet(events);
    kept.set(0, events);
    support = new int[log.items().size()];
    for (int event = 0; event < events; event++) {
      support[log.item(event)]++;
    }
  }

  /// Returns the number of kept events.
  int eventCount() {
    return events;
  }

  /// Returns the number of kept events of each item.
  int[] support() {
    return support.clone();
  }

  FilterStep removeItems(boolean[] isRemoved, String name) {
    int before = events;
    int items = 0;
    for (int item = 0; item < isRemoved.length; item++) {
      items += isRemoved[item] && support[item] > 0 ? 1 : 0;
    }
    for (int event = items == 0 ? -1 : kept.nextSetBit(0);
        event >= 0;
        event = kept.nextSetBit(event + 1)) {
      if (isRemoved[log.item(event)]) {
        remove(event);
      }
    }
    return new FilterStep(name, items, 0, before - events);
  }

  FilterStep removeRepeats(String name) {
    int before = events;
    for (int session = 0; session < log.sessionCount(); session++) {
      int previous = -1;
      int end = log.end(session);
      for (int event = kept.nextSetBit(log.start(session));
          event >= 0 && event < end;
          event = kept.nextSetBit(event + 1)) {
        if (log.item(event) == previous) {
          remove(event);
        }
        previous = log.item(event);
      }
    }
    return new FilterStep(name, 0, 0, before - events);
  }

  FilterStep removeShortSessions(int minLength, String name) {
    int before = events;
    int sessions = 0;
    for (int session = 0; session < log.sessionCount(); session++) {
      int length = length(session);
      if (length > 0 && length < minLength) {
        int end = log.end(session);
        for (int event = kept.nextSetBit(log.start(session));
            event >= 0 && event < end;
            event = kept.nextSetBit(event + 1)) {
          remove(event);
        }
        sessions++;
      }
    }
    return new FilterStep(name, 0, sessions, before - events);
  }

  /// Returns the items that kept events have, in the order of the log's vocabulary.
  Vocabulary vocabulary() {
    List<String> ids = new ArrayList<>();
    for (int item = 0; item < support.length; item++) {
      if (support[item] > 0) {
        ids.add(log.items().id(item));
      }
    }
    return Vocabulary.of(ids);
  }

  /// Returns the new numbers of the log's items, -1 where the vocabulary lacks one.
  int[] numbers(Vocabulary vocabulary) {
    int[] numbers = new int[log.items().size()];
    Arrays.setAll(numbers, item -> vocabulary.number(log.items().id(item)));
    return numbers;
  }

  /// Returns the kept events as a log in order of start; the vocabulary must hold their items.
  ///
  /// @param folder where the temporary file is that a mapped log becomes
  SessionLog toLog(Vocabulary vocabulary, Path folder) {
    int[] numbers = numbers(vocabulary);
    int[] sessions = sessions(0, log.sessionCount());
    try (LogCopy copy = LogCopy.like(log, sessions.length, events, folder)) {
      for (int session : sessions) {
        add(session, copy.sink(), numbers);
      }
      return copy.finish(vocabulary);
    }
  }

  /// Returns those of the sessions `from` to `to` − 1 of which an event is kept, in order of their
  /// first kept event.
  int[] sessions(int from, int to) {
    int count = 0;
    for (int session = from; session < to; session++) {
      count += first(session) < 0 ? 0 : 1;
    }
    int[] sessions = new int[count];
    int next = 0;
    for (int session = from; session < to; session++) {
      if (first(session) >= 0) {
        sessions[next++] = session;
      }
    }
    if (log.hasTimes()) {
      StableSort.sort(sessions, 0, count, this::startMillis);
    }
    return sessions;
  }

  /// Returns the time of the first kept event of a session.
  long startMillis(int session) {
    return log.timeMillis(first(session));
  }

  /// Adds the kept events of a session to another log.
  void add(int session, LogSink sink, int[] numbers) {
    sink.session(log.sessionIdBytes(session));
    int end = log.end(session);
    for (int event = kept.nextSetBit(log.start(session));
        event >= 0 && event < end;
        event = kept.nextSetBit(event + 1)) {
      sink.event(
          numbers[log.item(event)],
          log.timeMillis(event),
          log.actionNumber(event),
          log.dwellMillis(event));
    }
  }

  private void remove(int event) {
    kept.clear(event);
    support[log.item(event)]--;
    events--;
  }

  private int length(int session) {
    int length = 0;
    int end = log.end(session);
    for (int event = log.start(session); event < end; event++) {
      length += kept.get(event) ? 1 : 0;
    }
    return length;
  }

  /// Returns the first kept event of a session, or -1.
  private int first(int session) {
    int event = kept.nextSetBit(log.start(session));
    return event < log.end(session) ? event : -1;
  }
}
