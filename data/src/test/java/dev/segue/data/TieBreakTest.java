package dev.segue.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TieBreakTest {

  @Test
  void onlyEventsOfOneTimeChangePlaces() {
    SessionLog.Builder builder = SessionLog.builder();
    for (int i = 0; i < 40; i++) {
      builder.add("s", "a" + i, 1, "", i);
    }
    builder.add("s", "last", 2, "Searched", -1);
    SessionLog log = builder.build();

    SessionLog shuffled = TieBreak.shuffle(log, 42);

    assertThat(SessionLogTest.items(shuffled, 0))
        .containsExactlyInAnyOrderElementsOf(SessionLogTest.items(log, 0))
        .isNotEqualTo(SessionLogTest.items(log, 0))
        .endsWith("last");
    assertThat(shuffled.items().id(shuffled.item(0))).isEqualTo("a" + shuffled.dwellMillis(0));
    assertThat(SessionLogTest.items(TieBreak.shuffle(log, 42), 0))
        .isEqualTo(SessionLogTest.items(shuffled, 0));
    assertThat(SessionLogTest.items(TieBreak.shuffle(log, 43), 0))
        .isNotEqualTo(SessionLogTest.items(shuffled, 0));
  }

  @Test
  void aLogWithoutTimesStaysAsItIs() {
    SessionLog log = SessionLog.builder().add("s", "a").add("s", "b").build();

    assertThat(TieBreak.shuffle(log, 1)).isSameAs(log);
  }
}
