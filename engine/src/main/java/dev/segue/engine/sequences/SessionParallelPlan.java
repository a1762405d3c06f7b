package dev.segue.engine.sequences;

import dev.segue.engine.random.SeededRandom;
import dev.segue.engine.sequences.Batch.Carry;
import dev.segue.kernels.PackedLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;

/// The batches of one epoch with sessions side by side: each slot of a batch walks through one
/// session, a step a batch, and takes the next session when it is done. The state of a slot is
/// carried from batch to batch and starts from zero with each session.
///
/// When no session is left to take, batches get smaller until the last session is done: no step is
/// lost. Source: Hidasi et al., "Session-based recommendations with recurrent neural networks",
/// ICLR 2016, section 3.1.1.
public final class SessionParallelPlan implements Batches {
  private final Sequences sequences;
  private final List<Slot> slots = new ArrayList<>();
  private int batches;

  private SessionParallelPlan(Sequences sequences, int slotCount, int[] order) {
    this.sequences = sequences;
    PriorityQueue<Slot> free =
        new PriorityQueue<>((a, b) ->
            a.end != b.end ? Integer.compare(a.end, b.end) : Integer.compare(a.number, b.number));
    for (int number = 0; number < Math.min(slotCount, order.length); number++) {
      slots.add(new Slot(number));
    }
    free.addAll(slots);
    for (int window : order) {
      Slot slot = free.remove();
      slot.take(window);
      free.add(slot);
      batches = Math.max(batches, slot.end);
    }
  }

  /// Plans an epoch whose sessions are taken in an order that depends on nothing but seed and
  /// epoch.
  ///
  /// @param sequences one window a session
  /// @param slots sessions in a batch at most
  public static SessionParallelPlan shuffled(Sequences sequences, int slots, long seed, int epoch) {
    int[] order = asTheyLie(sequences);
    new SeededRandom(seed, epoch).shuffle(order);
    return new SessionParallelPlan(sequences, slots, order);
  }

  /// Plans an epoch whose sessions are taken as they lie in the log.
  ///
  /// @param sequences one window a session
  /// @param slots sessions in a batch at most
  public static SessionParallelPlan inOrder(Sequences sequences, int slots) {
    return new SessionParallelPlan(sequences, slots, asTheyLie(sequences));
  }

  private static int[] asTheyLie(Sequences sequences) {
    int[] order = new int[sequences.windows()];
    Arrays.setAll(order, i -> i);
    return order;
  }

  @Override
  public int batches() {
    return batches;
  }

  @Override
  public Batch batch(int number) {
    List<Slot> live = slots.stream().filter(slot -> number < slot.end).toList();
    int[] inputs = new int[live.size()];
    int[] targets = new int[live.size()];
    int[] events = new int[live.size()];
    int[] targetEvents = new int[live.size()];
    int[] carried = new int[live.size()];
    boolean[] starts = new boolean[live.size()];
    for (int i = 0; i < inputs.length; i++) {
      Slot slot = live.get(i);
      int position = slot.seek(number);
      events[i] = slot.events[position];
      inputs[i] = sequences.item(events[i]);
      targetEvents[i] = slot.events[position + 1];
      targets[i] = sequences.item(targetEvents[i]);
      carried[i] = slot.number;
      starts[i] = position == 0;
    }
    PackedLayout layout = PackedLayout.singleStep(inputs.length);
    Carry carry = new Carry(carried, starts);
    return new Batch(
        layout,
        inputs,
        targets,
        carry,
        sequences.features(events),
        sequences.weights(targetEvents));
  }

  /// The sessions of one slot, one after another.
  private final class Slot {
    private final int number;
    private final IntList windows = new IntList();
    private final IntList firstBatches = new IntList();
    private int end;
    private int current = -1;
    private int[] events = new int[0];

    Slot(int number) {
      this.number = number;
    }

    void take(int window) {
      windows.add(window);
      firstBatches.add(end);
      end += sequences.items(window).length - 1;
    }

    /// Takes up the session of a batch and returns the position in it.
    int seek(int batch) {
      int index = firstBatches.lastNotAbove(batch);
      if (index != current) {
        current = index;
        events = sequences.events(windows.get(index));
      }
      return batch - firstBatches.get(index);
    }
  }
}
