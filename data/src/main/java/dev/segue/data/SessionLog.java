package dev.segue.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Events of many sessions, in columns: sessions in order of their start, the events of a session
/// in order of time. Ten million events take under 300 MB. Immutable and thread safe.
///
/// Events are numbered through the whole log; session `s` has the events `start(s)` to `end(s)` −
/// 1. A log from a format without times has `hasTimes() == false` and keeps the order of the file.
///
/// An event takes 17 bytes (item 4, time 8, action 1, dwell 4), less where a column says nothing at
/// all; a session takes 8 bytes and the letters of its id.
public final class SessionLog {
  /// The time of an event of which only the order is known.
  public static final long NO_TIME = Long.MIN_VALUE;

  /// The action of an event for which none was given.
  public static final String CLICKED = "Clicked";

  private final Vocabulary items;
  private final List<String> actionNames;
  private final PackedStrings sessionIds;
  private final int[] starts;
  private final int[] itemNumbers;
  private final long @Nullable [] times;
  private final byte @Nullable [] actions;
  private final int @Nullable [] dwells;

  /// Takes finished columns: sessions in order of start, events in order of time.
  SessionLog(
      Vocabulary items,
      List<String> actionNames,
      PackedStrings sessionIds,
      int[] starts,
      int[] itemNumbers,
      long @Nullable [] times,
      byte @Nullable [] actions,
      int @Nullable [] dwells) {
    this.items = items;
    this.actionNames = actionNames;
    this.sessionIds = sessionIds;
    this.starts = starts;
    this.itemNumbers = itemNumbers;
    this.times = times;
    this.actions = actions;
    this.dwells = dwells;
  }

  /// Returns the number of sessions.
  public int sessionCount() {
    return starts.length - 1;
  }

  /// Returns the number of events.
  public int eventCount() {
    return itemNumbers.length;
  }

  /// Returns the items that occur, or that the log was made with.
  public Vocabulary items() {
    return items;
  }

  /// Returns whether events have times.
  public boolean hasTimes() {
    return times != null;
  }

  /// Returns whether the dwell of any event is known.
  public boolean hasDwell() {
    return dwells != null;
  }

  /// Returns the actions that occur, or that the log was made with; `Clicked` is always the first.
  public List<String> actions() {
    return actionNames;
  }

  /// Returns the id of a session.
  public String sessionId(int session) {
    return sessionIds.get(session);
  }

  /// Returns the first event of a session.
  public int start(int session) {
    Objects.checkIndex(session, sessionCount());
    return starts[session];
  }

  /// Returns the event after the last of a session.
  public int end(int session) {
    return starts[session + 1];
  }

  /// Returns the item of an event, a number of [#items].
  public int item(int event) {
    return itemNumbers[event];
  }

  /// Returns the time of an event, milliseconds since 1970, or 0 without times.
  public long timeMillis(int event) {
    return times == null ? 0 : times[event];
  }

  /// Returns the action of an event, `Clicked` where none was given.
  public String action(int event) {
    return actions == null ? CLICKED : actionNames.get(actions[event] & 0xFF);
  }

  /// Returns the time spent on the item in milliseconds, or -1 where it is not known.
  public int dwellMillis(int event) {
    return dwells == null ? -1 : dwells[event];
  }

  /// Returns a log of some of the sessions, in the order given, over the same vocabulary.
  public SessionLog select(int[] sessions) {
    int[] selectedStarts = new int[sessions.length + 1];
    for (int i = 0; i < sessions.length; i++) {
      selectedStarts[i + 1] = selectedStarts[i] + end(sessions[i]) - start(sessions[i]);
    }
    int[] events = new int[selectedStarts[sessions.length]];
    for (int i = 0; i < sessions.length; i++) {
      int offset = starts[sessions[i]] - selectedStarts[i];
      for (int event = selectedStarts[i]; event < selectedStarts[i + 1]; event++) {
        events[event] = event + offset;
      }
    }
    return arranged(sessions, selectedStarts, events, items, null);
  }

  /// Returns a log made of chosen events of this one.
  ///
  /// @param sessions the session of this log that each new one comes from
  /// @param newStarts the first event of each new session, and the number of events at the end
  /// @param events the event of this log that each new one comes from
  /// @param vocabulary items of the new log
  /// @param numbers new numbers of items by their numbers here, or null where they stay
  SessionLog arranged(
      int[] sessions,
      int[] newStarts,
      int[] events,
      Vocabulary vocabulary,
      int @Nullable [] numbers) {
    int[] newItems = new int[events.length];
    long[] newTimes = times == null ? null : new long[events.length];
    byte[] newActions = actions == null ? null : new byte[events.length];
    int[] newDwells = dwells == null ? null : new int[events.length];
    for (int i = 0; i < events.length; i++) {
      int item = itemNumbers[events[i]];
      newItems[i] = numbers == null ? item : numbers[item];
      if (times != null && newTimes != null) {
        newTimes[i] = times[events[i]];
      }
      if (actions != null && newActions != null) {
        newActions[i] = actions[events[i]];
      }
      if (dwells != null && newDwells != null) {
        newDwells[i] = dwells[events[i]];
      }
    }
    return new SessionLog(
        vocabulary,
        actionNames,
        sessionIds.select(sessions),
        newStarts,
        newItems,
        newTimes,
        newActions,
        newDwells);
  }

  /// Returns the bytes that the columns and session ids take in memory, without the vocabulary.
  public long sizeInBytes() {
    return sessionIds.sizeInBytes()
        + (long) Integer.BYTES * (starts.length + itemNumbers.length)
        + (times == null ? 0 : (long) Long.BYTES * times.length)
        + (actions == null ? 0 : actions.length)
        + (dwells == null ? 0 : (long) Integer.BYTES * dwells.length);
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
          sessions.pack().select(sessionOrder),
          sortedStarts,
          events.takeItems(sortedOrder),
          timedEvents == 0 ? null : events.takeTimes(sortedOrder),
          actions.names().size() == 1 ? null : events.takeActions(sortedOrder),
          dwellEvents == 0 ? null : events.takeDwells(sortedOrder));
    }
  }
}
