package dev.segue.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RepeatedIdsTest {
  @Test
  void aRepeatedIdIsFoundInEveryShareOfTheHashes() {
    SessionLog first = log(0, 1000);

    for (int i = 0; i < 1000; i += 37) {
      RepeatedIds.Repeated found =
          RepeatedIds.first(List.of(first, log(1000, 2000), log(i, i + 1)), 100);
      assertThat(found).isEqualTo(new RepeatedIds.Repeated("user-" + i, 2));
    }
    assertThat(RepeatedIds.first(List.of(first, log(1000, 3000)), 100)).isNull();
    assertThat(RepeatedIds.first(List.of(first, first), 1 << 20))
        .isEqualTo(new RepeatedIds.Repeated("user-0", 1));
  }

  private static SessionLog log(int from, int to) {
    SessionLog.Builder log = SessionLog.builder();
    for (int i = from; i < to; i++) {
      log.add("user-" + i, "x");
    }
    return log.build();
  }
}
