package dev.segue.engine.sequences;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.data.SessionLog;
import dev.segue.data.SessionLogs;
import dev.segue.data.Vocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SequencesTest {

  /// Items are numbered through the whole log, so that a pair tells which event it came from.
  private static SessionLog distinctEvents(List<Integer> lengths) {
    SessionLog.Builder builder = SessionLog.builder();
    int item = 0;
    for (int session = 0; session < lengths.size(); session++) {
      for (int i = 0; i < lengths.get(session); i++) {
        builder.add("s" + session, "i" + item++);
      }
    }
    return builder.build();
  }

  private static Map<Integer, Integer> pairs(BatchPlan plan) {
    Map<Integer, Integer> inputByTarget = new HashMap<>();
    for (int i = 0; i < plan.batches(); i++) {
      Batch batch = plan.batch(i);
      assertThat(batch.inputs()).hasSize(batch.layout().rows());
      for (int row = 0; row < batch.size(); row++) {
        assertThat(inputByTarget.put(batch.targets()[row], batch.inputs()[row])).isNull();
      }
    }
    return inputByTarget;
  }

  @Property(tries = 200)
  void everyEventAfterTheFirstIsATargetOncePerEpoch(
      @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 1, max = 12) Integer> lengths,
      @ForAll @IntRange(min = 1, max = 7) int maxLength,
      @ForAll @IntRange(min = 1, max = 9) int batchSize,
      @ForAll @IntRange(min = 1, max = 3) int epoch) {
    SessionLog log = distinctEvents(lengths);
    Sequences sequences = Sequences.of(log, log.items(), maxLength);
    Map<Integer, Integer> expected = new HashMap<>();
    for (int session = 0; session < log.sessionCount(); session++) {
      for (int event = log.start(session) + 1; event < log.end(session); event++) {
        expected.put(log.item(event), log.item(event - 1));
      }
    }

    assertThat(pairs(BatchPlan.shuffled(sequences, batchSize, 42, epoch))).isEqualTo(expected);
    assertThat(sequences.targets()).isEqualTo(expected.size());
    assertThat(sequences.skipped()).isZero();
  }

  @Test
  void aLongSessionIsCutIntoConsecutiveWindows() {
    SessionLog log = distinctEvents(List.of(8));
    Sequences sequences = Sequences.of(log, log.items(), 3);

    assertThat(sequences.windows()).isEqualTo(3);
    Batch batch = sequences.pack(new int[] {2, 0, 1});
    assertThat(batch.layout().batchSizes()).containsExactly(3, 2, 2);
    assertThat(batch.inputs()).containsExactly(0, 3, 6, 1, 4, 2, 5);
    assertThat(batch.targets()).containsExactly(1, 4, 7, 2, 5, 3, 6);
  }

  @Test
  void aBatchHoldsNoPadding() {
    SessionLog log = distinctEvents(List.of(2, 6, 3));
    Batch batch = Sequences.of(log, log.items(), 50).pack(new int[] {0, 1, 2});

    assertThat(batch.layout().batchSizes()).containsExactly(3, 2, 1, 1, 1);
    assertThat(batch.inputs()).containsExactly(2, 8, 0, 3, 9, 4, 5, 6);
  }

  @Test
  void theLastIncompleteBatchIsTrainedToo() {
    SessionLog log = distinctEvents(List.of(2, 2, 2, 2, 2));
    BatchPlan plan = BatchPlan.shuffled(Sequences.of(log, log.items(), 50), 2, 1, 1);

    assertThat(plan.batches()).isEqualTo(3);
    assertThat(plan.batch(2).size()).isEqualTo(1);
  }

  @Test
  void orderDependsOnSeedAndEpochAlone() {
    SessionLog log = distinctEvents(List.of(2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2));
    Sequences sequences = Sequences.of(log, log.items(), 50);

    assertThat(order(sequences, 1, 1)).isEqualTo(order(sequences, 1, 1));
    assertThat(order(sequences, 1, 1)).isNotEqualTo(order(sequences, 1, 2));
    assertThat(order(sequences, 1, 1)).isNotEqualTo(order(sequences, 2, 1));
  }

  private static List<Integer> order(Sequences sequences, long seed, int epoch) {
    BatchPlan plan = BatchPlan.shuffled(sequences, 1, seed, epoch);
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < plan.batches(); i++) {
      order.add(plan.batch(i).inputs()[0]);
    }
    return order;
  }

  @Test
  void eventsOutsideTheVocabularyAreLeftOutAndCounted() {
    SessionLog log =
        SessionLog.builder()
            .add("s", "a")
            .add("s", "unknown")
            .add("s", "b")
            .add("s", "c")
            .add("t", "unknown")
            .add("t", "a")
            .build();
    Sequences sequences = Sequences.of(log, Vocabulary.of(List.of("c", "b", "a")), 50);

    Batch batch = sequences.pack(new int[] {0});
    assertThat(sequences.windows()).isEqualTo(1);
    assertThat(sequences.sessions()).isEqualTo(1);
    assertThat(batch.inputs()).containsExactly(2, 1);
    assertThat(batch.targets()).containsExactly(1, 0);
    assertThat(sequences.skipped()).as("unknown after a, a after unknown").isEqualTo(2);
  }

  /// The way of the definition: all known items of a session, cut every `maxLength` pairs.
  private static List<List<Integer>> windows(SessionLog log, Vocabulary vocabulary, int maxLength) {
    List<List<Integer>> windows = new ArrayList<>();
    for (int session = 0; session < log.sessionCount(); session++) {
      List<Integer> known = new ArrayList<>();
      for (int event = log.start(session); event < log.end(session); event++) {
        int number = vocabulary.number(log.items().id(log.item(event)));
        if (number >= 0) {
          known.add(number);
        }
      }
      for (int from = 0; from < known.size() - 1; from += maxLength) {
        windows.add(known.subList(from, Math.min(known.size(), from + maxLength + 1)));
      }
    }
    return windows;
  }

  @Property(tries = 300)
  void windowsAreThoseOfTheDefinitionWhereverTheyLie(
      @ForAll @Size(max = 70) List<@Size(min = 1, max = 9) List<@IntRange(max = 5) Integer>> items,
      @ForAll @IntRange(min = 1, max = 4) int maxLength,
      @ForAll @IntRange(max = 6) int known)
      throws IOException {
    SessionLog.Builder builder = SessionLog.builder();
    for (int session = 0; session < items.size(); session++) {
      for (int item : items.get(session)) {
        builder.add("s" + session, "i" + item);
      }
    }
    SessionLog log = builder.build();
    Vocabulary vocabulary =
        Vocabulary.of(IntStream.range(0, known).mapToObj(i -> "i" + (5 - i)).toList());
    List<List<Integer>> expected = windows(log, vocabulary, maxLength);
    Path file = Files.createTempFile("log", SessionLogs.EXTENSION);
    try {
      SessionLogs.write(log, file);
      SessionLog mapped = SessionLogs.read(file);

      assertThat(windows(Sequences.of(log, vocabulary, maxLength))).isEqualTo(expected);
      assertThat(windows(Sequences.of(mapped, vocabulary, maxLength))).isEqualTo(expected);
    } finally {
      Files.delete(file);
    }
  }

  private static List<List<Integer>> windows(Sequences sequences) {
    List<List<Integer>> windows = new ArrayList<>();
    for (int window = 0; window < sequences.windows(); window++) {
      Batch batch = sequences.pack(new int[] {window});
      List<Integer> items = new ArrayList<>(Arrays.stream(batch.inputs()).boxed().toList());
      items.add(batch.targets()[batch.size() - 1]);
      windows.add(items);
    }
    return windows;
  }
}
