package dev.segue.data;

import java.util.ArrayList;
import java.util.List;

/// What making sessions found and removed, before rare items and short sessions go.
final class SessionCounts {
  private final long[] events = new long[Step.values().length];
  private final int[] sessions = new int[Step.values().length];
  private long heldTimes;
  private long sessionCount;
  private boolean isDwellKnown;

  /// What is removed, in this order.
  enum Step {
    DUPLICATES,
    LONG,
    REPEATS
  }

  void removed(Step step, int removedSessions, int removedEvents) {
    sessions[index(step)] += removedSessions;
    events[index(step)] += removedEvents;
  }

  void heldTimes(int times) {
    heldTimes += times;
  }

  /// Counts sessions before any is left out for its length.
  void sessions(int count) {
    sessionCount += count;
  }

  void dwellIsKnown() {
    isDwellKnown = true;
  }

  void add(SessionCounts others) {
    for (int step = 0; step < events.length; step++) {
      events[step] += others.events[step];
      sessions[step] += others.sessions[step];
    }
    heldTimes += others.heldTimes;
    sessionCount += others.sessionCount;
    isDwellKnown |= others.isDwellKnown;
  }

  long heldTimes() {
    return heldTimes;
  }

  long sessionCount() {
    return sessionCount;
  }

  boolean isDwellKnown() {
    return isDwellKnown;
  }

  /// Returns the steps that removed something.
  List<FilterStep> steps(int maxLength) {
    List<FilterStep> steps = new ArrayList<>();
    for (Step step : Step.values()) {
      if (events[index(step)] > 0) {
        steps.add(
            new FilterStep(name(step, maxLength), 0, sessions[index(step)], events[index(step)]));
      }
    }
    return steps;
  }

  private static int index(Step step) {
    return switch (step) {
      case DUPLICATES -> 0;
      case LONG -> 1;
      case REPEATS -> 2;
    };
  }

  private static String name(Step step, int maxLength) {
    return switch (step) {
      case DUPLICATES -> "exact duplicates of an event";
      case LONG -> "sessions of more events than " + maxLength;
      case REPEATS -> "an item that follows itself";
    };
  }
}
