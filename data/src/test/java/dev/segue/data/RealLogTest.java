package dev.segue.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RealLogTest {

  @Test
  void shopClicksAreRead() {
    SessionLog log = SessionLogs.read(PublicData.file("sessions/rsc15/train.tsv"));

    assertThat(log.eventCount()).isEqualTo(70_278);
    assertThat(log.sessionCount()).isEqualTo(17_794);
    assertThat(log.items().size()).isEqualTo(2_933);
    assertThat(log.hasTimes()).isTrue();
  }

  @Test
  void shopViewsAreReadOneSessionALine() {
    SessionLog train = SessionLogs.read(PublicData.file("sessions/diginetica/train.txt"));
    SessionLog test = SessionLogs.read(PublicData.file("sessions/diginetica/test.txt"));

    assertThat(train.sessionCount()).isEqualTo(186_670);
    assertThat(train.eventCount()).isEqualTo(906_140);
    assertThat(train.items().size()).isEqualTo(43_097);
    assertThat(train.hasTimes()).isFalse();
    assertThat(test.eventCount() - test.sessionCount()).isEqualTo(60_858);
  }

  @Test
  void reviewsOfTwoDomainsAreRead() {
    SessionLog log = SessionLogs.read(PublicData.file("sessions/amazon_movie_book/events.tsv"));

    assertThat(log.eventCount()).isEqualTo(148_205);
    assertThat(log.sessionCount()).isEqualTo(15_352);
    assertThat(log.items().ids().stream().filter(id -> id.startsWith("Movie_"))).hasSize(23_284);
    assertThat(log.items().ids().stream().filter(id -> id.startsWith("Book_"))).hasSize(39_412);

    SessionLog shuffled = TieBreak.shuffle(log, 42);
    TimeSplit.checkNoLeak(TimeSplit.byShare(shuffled, 0.1, 0.1));
    SessionLog dense = new SessionFilter(5, 2, false).apply(shuffled).log();
    assertThat(dense.items().size()).isEqualTo(5_477);
    assertThat(dense.sessionCount()).isEqualTo(12_733);
    assertThat(dense.eventCount()).isEqualTo(58_717);
  }
}
