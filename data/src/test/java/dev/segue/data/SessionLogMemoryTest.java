package dev.segue.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Measures what a log keeps in the heap. For ten million events run `./segue mvn test -pl data
/// -Dtest=SessionLogMemoryTest -Dtest.jvm.args="-Xmx2g -Dsegue.test.events=10000000"`.
class SessionLogMemoryTest {
  private static final Logger LOG = LoggerFactory.getLogger(SessionLogMemoryTest.class);
  private static final int EVENTS = Integer.getInteger("segue.test.events", 1_000_000);

  /// 300 MB for ten million events.
  private static final double LIMIT_BYTES_PER_EVENT = 30;

  @Test
  void tenMillionEventsFitIn300Megabytes() {
    long before = usedBytes();
    SessionLog log = log();
    long retained = usedBytes() - before;

    LOG.info(
        "{} events: {} bytes an event in columns, {} in the heap with the vocabulary",
        log.eventCount(),
        perEvent(log.sizeInBytes()),
        perEvent(retained));
    assertThat(perEvent(log.sizeInBytes())).isLessThan(LIMIT_BYTES_PER_EVENT);
    // The vocabulary is not counted by the event: here it holds 50,000 ids.
    assertThat(perEvent(retained - 10_000_000)).isLessThan(LIMIT_BYTES_PER_EVENT);
    // Still in use here, so that it was in the heap when that was measured.
    assertThat(log.eventCount()).isEqualTo(EVENTS);
  }

  private static SessionLog log() {
    SessionLog.Builder builder = SessionLog.builder();
    for (int i = 0; i < EVENTS; i++) {
      String session = "session-" + i / 5;
      String item = "item" + i * 31L % 50_000;
      builder.add(session, item, 1_700_000_000_000L + i, i % 3 == 0 ? "Searched" : "", i % 999);
    }
    return builder.build();
  }

  private static double perEvent(long bytes) {
    return bytes / (double) EVENTS;
  }

  private static long usedBytes() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
