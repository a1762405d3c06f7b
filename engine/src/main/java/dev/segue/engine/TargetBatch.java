package dev.segue.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// The targets of some sessions, grouped by the state that predicts them: after p known inputs a
/// model gives one list, and that list answers for the next known event and for every unknown event
/// before it. Targets are named by their event in the log.
final class TargetBatch {
  private final EvaluationTargets targets;
  private final int fromSession;
  private final int toSession;
  private final List<ModelEvent[]> inputs = new ArrayList<>();

  /// For each session and state p the first target after p known inputs, and a closing one.
  private final List<int[]> firstTargets = new ArrayList<>();

  private final List<Integer> withoutInput = new ArrayList<>();

  TargetBatch(EvaluationTargets targets, int fromSession, int toSession) {
    this.targets = targets;
    this.fromSession = fromSession;
    this.toSession = toSession;
    for (int session = fromSession; session < toSession; session++) {
      int start = targets.log().start(session);
      int end = targets.log().end(session);
      if (end - start > 1) {
        add(start, end);
      }
    }
  }

  int fromSession() {
    return fromSession;
  }

  int toSession() {
    return toSession;
  }

  /// Returns the first event of its sessions.
  int firstEvent() {
    return targets.log().start(fromSession);
  }

  /// Returns the event after the last of its sessions.
  int endEvent() {
    return targets.log().end(toSession - 1);
  }

  private void add(int start, int end) {
    ModelEvent[] known = new ModelEvent[end - start + 1];
    int[] first = new int[end - start + 2];
    int size = 0;
    first[0] = start + 1;
    for (int event = start; event < end; event++) {
      if (targets.item(event) != EvaluationTargets.UNKNOWN) {
        known[size++] = modelEvent(event);
        first[size] = event + 1;
      }
    }
    int zeroStateEnd = size == 0 ? end : first[1];
    for (int event = start + 1; event < zeroStateEnd; event++) {
      withoutInput.add(event);
    }
    if (size > 0 && first[size] < end) {
      // Unknown targets follow the last known event. The list after it is asked for by repeating
      // that event as a target: a last event is never input.
      known[size] = known[size - 1];
      first[++size] = end;
    }
    if (size > 1) {
      inputs.add(Arrays.copyOf(known, size));
      firstTargets.add(Arrays.copyOf(first, size + 1));
    }
  }

  private ModelEvent modelEvent(int event) {
    return new ModelEvent(
        targets.item(event), targets.log().action(event), targets.log().dwellMillis(event));
  }

  /// Returns the known events of each session that has a target after one of them, as
  /// [SessionModel#scoreTargets] takes them.
  ModelEvent[][] inputs() {
    return inputs.toArray(ModelEvent[][]::new);
  }

  /// Returns the targets of a state: unknown ones, then the known one that comes next, if any.
  ///
  /// @param session index into [#inputs]
  /// @param position number of inputs of the state, from 1
  List<Integer> targets(int session, int position) {
    int[] first = firstTargets.get(session);
    return IntStream.range(first[position], first[position + 1]).boxed().toList();
  }

  /// Returns the targets before which no event is known.
  List<Integer> withoutInput() {
    return withoutInput;
  }
}
