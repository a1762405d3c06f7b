package dev.segue.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ItemSelectionTest {
  @TempDir Path folder;

  private static SessionLog log(String... sessions) {
    SessionLog.Builder builder = SessionLog.builder();
    for (int session = 0; session < sessions.length; session++) {
      long time = session * 1000L;
      for (String item : sessions[session].split(" ", -1)) {
        builder.add("s" + session, item, time++, "Clicked", -1);
      }
    }
    return builder.build();
  }

  private static List<String> lines(SessionLog log) {
    List<String> lines = new ArrayList<>();
    for (int session = 0; session < log.sessionCount(); session++) {
      StringBuilder line = new StringBuilder(log.sessionId(session)).append(':');
      for (int event = log.start(session); event < log.end(session); event++) {
        line.append(' ').append(log.items().id(log.item(event)));
      }
      lines.add(line.toString());
    }
    return lines;
  }

  @Test
  void eventsOfOtherItemsAndSessionsThatBecomeShortAreLeftOut() {
    SessionLog log = log("Movie_a Book_x Movie_b", "Book_x Movie_a Book_y", "Book_x Book_y");
    SessionLog kept = ItemSelection.keep(log, id -> id.startsWith("Book"), 2, folder);
    assertThat(lines(kept)).containsExactly("s1: Book_x Book_y", "s2: Book_x Book_y");
    assertThat(kept.items().ids()).containsExactlyInAnyOrder("Book_x", "Book_y");
    assertThat(lines(log)).hasSize(3);
  }

  @Test
  void aSampleDependsOnTheItemsAndTheSeedAlone() {
    StringBuilder all = new StringBuilder("Movie_0");
    StringBuilder reversed = new StringBuilder("Movie_199");
    for (int i = 1; i < 200; i++) {
      all.append(" Movie_").append(i);
      reversed.append(" Movie_").append(199 - i);
    }
    List<String> sample = ItemSelection.sample(log(all.toString()), 0.1, 42);
    assertThat(sample).hasSize(20).doesNotHaveDuplicates().isSorted();
    assertThat(ItemSelection.sample(log(reversed.toString()), 0.1, 42)).isEqualTo(sample);
    assertThat(ItemSelection.sample(log(all.toString()), 0.1, 43)).isNotEqualTo(sample);
    assertThat(ItemSelection.sample(log("a b c"), 0, 1)).isEmpty();
    assertThat(ItemSelection.sample(log("a b c"), 1, 1)).containsExactly("a", "b", "c");
  }

  @Test
  void aShareThatIsNoneIsRefused() {
    assertThatThrownBy(() -> ItemSelection.sample(log("a b"), 1.5, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("sample: share of the items, expected 0 to 1, got 1.5");
  }
}
