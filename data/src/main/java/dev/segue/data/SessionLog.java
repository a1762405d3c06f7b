package dev.segue.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Events of many sessions, in columns: sessions in order of their start, the events of a session
/// in order of time. Immutable and thread safe.
///
/// Events are numbered through the whole log; session `s` has the events `start(s)` to `end(s)` −
/// 1. A log from a format without times has `hasTimes() == false` and keeps the order of the file.
///
/// The columns lie in the heap, where an event takes 17 bytes (item 4, time 8, action 1, dwell 4,
/// less where a column says nothing at all) and a session 8 bytes and the letters of its id; or in
/// a mapped file (`.segue-log`), which takes nothing of the heap but the vocabulary. A log has at
/// most 2³¹ − 1 events.
public final class SessionLog {
  /// The time of an event of which only the order is known.
  public static final long NO_TIME = Long.MIN_VALUE;

  /// The action of an event for which none was given.
  public static final String CLICKED = "Clicked";

  private final Vocabulary items;
  private final List<String> actionNames;
  private final LogColumns columns;

  /// Takes finished columns: sessions in order of start, events in order of time.
  SessionLog(Vocabulary items, List<String> actionNames, LogColumns columns) {
    this.items = items;
    this.actionNames = List.copyOf(actionNames);
    this.columns = columns;
  }

  /// Returns the number of sessions.
  public int sessionCount() {
    return columns.sessionCount();
  }

  /// Returns the number of events.
  public int eventCount() {
    return columns.eventCount();
  }

  /// Returns the items that occur, or that the log was made with.
  public Vocabulary items() {
    return items;
  }

  /// Returns whether the events lie in a mapped file and not in the heap.
  public boolean isMapped() {
    return columns instanceof MappedColumns;
  }

  /// Returns whether events have times.
  public boolean hasTimes() {
    return columns.hasTimes();
  }

  /// Returns whether the dwell of any event is known.
  public boolean hasDwell() {
    return columns.hasDwell();
  }

  /// Returns the actions that occur, or that the log was made with; `Clicked` is always the first.
  public List<String> actions() {
    return actionNames;
  }

  /// Returns the id of a session.
  public String sessionId(int session) {
    return columns.sessionId(session);
  }

  /// Returns the first event of a session.
  public int start(int session) {
    Objects.checkIndex(session, columns.sessionCount());
    return columns.start(session);
  }

  /// Returns the event after the last of a session.
  public int end(int session) {
    return columns.start(session + 1);
  }

  /// Returns the item of an event, a number of [#items].
  public int item(int event) {
    return columns.item(event);
  }

  /// Returns the time of an event, milliseconds since 1970, or 0 without times.
  public long timeMillis(int event) {
    return columns.time(event);
  }

  /// Returns the action of an event, `Clicked` where none was given.
  public String action(int event) {
    return actionNames.get(columns.action(event));
  }

  /// Returns the time spent on the item in milliseconds, or -1 where it is not known.
  public int dwellMillis(int event) {
    return columns.dwell(event);
  }

  /// Returns the action of an event as a number of [#actions].
  int actionNumber(int event) {
    return columns.action(event);
  }

  /// Returns the id of a session in UTF-8.
  byte[] sessionIdBytes(int session) {
    return columns.sessionIdBytes(session);
  }

  LogColumns columns() {
    return columns;
  }

  /// Returns the sessions `from` to `to` − 1 over the same vocabulary. Of a mapped log nothing is
  /// copied.
  public SessionLog slice(int from, int to) {
    return new SessionLog(items, actionNames, columns.slice(from, to));
  }

  /// Returns a log of some of the sessions, in the order given, over the same vocabulary; it is a
  /// copy in the heap.
  public SessionLog select(int[] sessions) {
    long events = 0;
    int longest = 0;
    for (int session : sessions) {
      events += end(session) - start(session);
      longest = Math.max(longest, end(session) - start(session));
    }
    var selected = new HeapSink(columns, sessions.length, Math.toIntExact(events));
    int[] places = new int[longest];
    for (int session : sessions) {
      int first = start(session);
      int length = end(session) - first;
      Arrays.setAll(places, i -> first + i);
      selected.add(this, session, places, length, null);
    }
    return new SessionLog(items, actionNames, selected.finish());
  }

  /// Returns this log, or a copy in order of start: a log selected by hand may be in any order.
  SessionLog inOrder() {
    if (isInOrder()) {
      return this;
    }
    int[] order = new int[sessionCount()];
    Arrays.setAll(order, session -> session);
    StableSort.sort(order, 0, order.length, session -> timeMillis(start(session)));
    return select(order);
  }

  private boolean isInOrder() {
    for (int session = 1; hasTimes() && session < sessionCount(); session++) {
      if (timeMillis(start(session)) < timeMillis(start(session - 1))) {
        return false;
      }
    }
    return true;
  }

  /// Returns the bytes that the columns and session ids take, without the vocabulary: in memory or,
  /// for a mapped log, in the file.
  public long sizeInBytes() {
    return columns.sizeInBytes();
  }

  /// Starts a log whose vocabulary is the items that occur, in order of first appearance.
  public static Builder builder() {
    return new Builder(List.of());
  }

  /// Starts a log over a vocabulary fixed before: its items keep their numbers, whether they occur
  /// or not, and items that it lacks get the numbers after them.
  public static Builder builder(Vocabulary items) {
    return new Builder(items.ids());
  }

  /// Collects events in any order; [#build] groups them by session and sorts them by time (stable).
  /// Not thread safe.
  public static final class Builder {
    private final PackedStrings.Numbering sessions = new PackedStrings.Numbering();
    private final List<String> itemIds;
    private final Map<String, Integer> itemNumbers;
    private final ActionCodes actions = new ActionCodes();
    private final EventColumns events = new EventColumns();
    private int timedEvents;
    private int dwellEvents;
    private String lastSession = "";
    private int lastSessionNumber = -1;
    private boolean isBuilt;

    private Builder(List<String> ids) {
      itemIds = new ArrayList<>(ids);
      itemNumbers = HashMap.newHashMap(ids.size());
      for (int i = 0; i < ids.size(); i++) {
        itemNumbers.put(ids.get(i), i);
      }
    }

    /// Adds an event.
    ///
    /// @param session id of the session
    /// @param item id of the item
    /// @param timeMillis milliseconds since 1970, or [#NO_TIME]
    /// @param action action, or empty for `Clicked`
    /// @param dwellMillis time spent, or -1
    public Builder add(
        String session, String item, long timeMillis, String action, int dwellMillis) {
      if (isBuilt) {
        throw new IllegalStateException("add: the log is built, expected a new builder");
      }
      if (dwellMillis < -1) {
        throw new IllegalArgumentException(
            "add: dwell is negative, expected 0 or more, or -1, got " + dwellMillis);
      }
      if (lastSessionNumber < 0 || !session.equals(lastSession)) {
        lastSessionNumber = sessions.number(session);
        lastSession = session;
      }
      Integer number = itemNumbers.get(item);
      if (number == null) {
        number = itemIds.size();
        itemNumbers.put(item, number);
        itemIds.add(item);
      }
      events.add(lastSessionNumber, number, timeMillis, actions.code(action), dwellMillis);
      timedEvents += timeMillis == NO_TIME ? 0 : 1;
      dwellEvents += dwellMillis < 0 ? 0 : 1;
      return this;
    }

    /// Adds an event of which only session and item are known.
    public Builder add(String session, String item) {
      return add(session, item, NO_TIME, "", -1);
    }

    /// Returns the number of events added.
    public int eventCount() {
      return events.size();
    }

    /// Makes the log: sessions by start (those of one start as they came first), events by time
    /// (those of one time as they came). Events must have times all or none of them.
    public SessionLog build() {
      if (isBuilt) {
        throw new IllegalStateException("build: the log is built, expected a new builder");
      }
      if (timedEvents != 0 && timedEvents != events.size()) {
        throw new IllegalArgumentException(
            "build: times are mixed, expected all events with a time or none, got %d of %d"
                .formatted(timedEvents, events.size()));
      }
      isBuilt = true;
      int[] starts = events.startsBySession(sessions.size());
      int[] order = events.groupedBySession(starts);
      int[] sessionOrder = new int[sessions.size()];
      Arrays.setAll(sessionOrder, s -> s);
      StableSort.sort(sessionOrder, 0, sessionOrder.length, s -> events.time(order[starts[s]]));
      return finish(starts, order, sessionOrder);
    }

    private SessionLog finish(int[] starts, int[] order, int[] sessionOrder) {
      int[] sortedStarts = new int[starts.length];
      int[] sortedOrder = new int[order.length];
      for (int i = 0; i < sessionOrder.length; i++) {
        int from = starts[sessionOrder[i]];
        int length = starts[sessionOrder[i] + 1] - from;
        System.arraycopy(order, from, sortedOrder, sortedStarts[i], length);
        sortedStarts[i + 1] = sortedStarts[i] + length;
      }
      events.freeSessions();
      return new SessionLog(
          Vocabulary.of(itemIds),
          actions.names(),
          new HeapColumns(
              sessions.pack().select(sessionOrder),
              sortedStarts,
              events.takeItems(sortedOrder),
              timedEvents == 0 ? null : events.takeTimes(sortedOrder),
              actions.names().size() == 1 ? null : events.takeActions(sortedOrder),
              dwellEvents == 0 ? null : events.takeDwells(sortedOrder)));
    }
  }
}
