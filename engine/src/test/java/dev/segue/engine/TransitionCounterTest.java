package dev.segue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.data.SessionLog;
import dev.segue.data.Vocabulary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TransitionCounterTest {

  @Property(tries = 300)
  void countsDoNotDependOnHowManyItemsAreCountedAtATime(
      @ForAll @Size(min = 1, max = 25) List<@Size(min = 1, max = 8) List<@IntRange(max = 4) Integer>> sessions,
      @ForAll @IntRange(min = 1, max = 40) int room) {
    SessionLog log = log(sessions);

    TrainingStatistics counted = TransitionCounter.count(log, log.items(), room);

    assertThat(described(counted, log.items())).isEqualTo(naive(log));
    assertThat(counted.support()).hasSize(log.items().size());
    for (int item = 0; item < log.items().size(); item++) {
      assertThat(counted.support()[item]).isEqualTo(support(log, item));
    }
  }

  @Test
  void aHundredSuccessorsAreKeptTheMostFrequentFirst() {
    SessionLog.Builder builder = SessionLog.builder();
    for (int i = 0; i < 300; i++) {
      builder.add("s" + i, "start").add("s" + i, "next" + i % 150);
    }
    builder.add("t", "start").add("t", "next149");
    SessionLog log = builder.build();

    for (int room : new int[] {1, 200, 1 << 20}) {
      TrainingStatistics counted = TransitionCounter.count(log, log.items(), room);
      assertThat(counted.transitionOffsets()[1]).isEqualTo(100);
      assertThat(log.items().id(counted.successors()[0])).isEqualTo("next149");
      assertThat(counted.counts()[0]).isEqualTo(3);
      assertThat(log.items().id(counted.successors()[99])).isEqualTo("next98");
    }
  }

  private static SessionLog log(List<List<Integer>> sessions) {
    SessionLog.Builder builder = SessionLog.builder();
    for (int session = 0; session < sessions.size(); session++) {
      for (int item : sessions.get(session)) {
        builder.add("s" + session, "i" + item);
      }
    }
    return builder.build();
  }

  private static int support(SessionLog log, int item) {
    int support = 0;
    for (int event = 0; event < log.eventCount(); event++) {
      support += log.item(event) == item ? 1 : 0;
    }
    return support;
  }

  private static List<String> described(TrainingStatistics statistics, Vocabulary items) {
    List<String> lines = new ArrayList<>();
    for (int item = 0; item < items.size(); item++) {
      for (int i = statistics.transitionOffsets()[item];
          i < statistics.transitionOffsets()[item + 1];
          i++) {
        lines.add(item + ">" + statistics.successors()[i] + " " + statistics.counts()[i]);
      }
    }
    return lines;
  }

  private static List<String> naive(SessionLog log) {
    Map<Integer, Map<Integer, Integer>> counts = new TreeMap<>();
    for (int session = 0; session < log.sessionCount(); session++) {
      for (int event = log.start(session) + 1; event < log.end(session); event++) {
        counts
            .computeIfAbsent(log.item(event - 1), item -> new TreeMap<>())
            .merge(log.item(event), 1, Integer::sum);
      }
    }
    List<String> lines = new ArrayList<>();
    counts.forEach((item, successors) ->
        successors.entrySet().stream()
            .sorted(
                Map.Entry.<Integer, Integer>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .forEach(entry -> lines.add(item + ">" + entry.getKey() + " " + entry.getValue())));
    return lines;
  }
}
