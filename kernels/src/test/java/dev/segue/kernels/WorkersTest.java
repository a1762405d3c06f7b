package dev.segue.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class WorkersTest {
  @ParameterizedTest
  @CsvSource({"1,0", "1,5", "2,1", "2,2", "3,2", "3,10", "4,1000"})
  void everyPartRunsOnce(int threads, int parts) {
    try (Workers workers = new Workers(threads, 1)) {
      for (int round = 0; round < 50; round++) {
        AtomicIntegerArray runs = new AtomicIntegerArray(parts);
        workers.run(parts, runs::incrementAndGet);
        for (int part = 0; part < parts; part++) {
          assertThat(runs.get(part)).isOne();
        }
      }
    }
  }

  @Test
  void partsRunOnDifferentThreads() {
    try (Workers workers = new Workers(3, 1)) {
      Set<String> names = ConcurrentHashMap.newKeySet();
      workers.run(3, part -> names.add(Thread.currentThread().getName()));
      assertThat(names).hasSize(3).contains("segue-worker-1", "segue-worker-2");
    }
  }

  @Test
  void aFailureReachesTheCallerAndThePoolGoesOn() {
    try (Workers workers = new Workers(2, 1)) {
      for (int failing = 0; failing < 2; failing++) {
        int bad = failing;
        assertThatThrownBy(() ->
                workers.run(
                    2,
                    part -> {
                      if (part == bad) {
                        throw new IllegalStateException("part " + part);
                      }
                    }))
            .hasMessage("part " + bad);
      }
      AtomicIntegerArray runs = new AtomicIntegerArray(2);
      workers.run(2, runs::incrementAndGet);
      assertThat(runs.get(0) + runs.get(1)).isEqualTo(2);
    }
  }

  @Test
  void aCallerThatFindsThePoolBusyDoesTheWorkItself() throws InterruptedException {
    try (Workers workers = new Workers(2, 1)) {
      CountDownLatch started = new CountDownLatch(2);
      CountDownLatch release = new CountDownLatch(1);
      Thread holder =
          Thread.ofPlatform()
              .start(() ->
                  workers.run(
                      2,
                      part -> {
                        started.countDown();
                        awaitQuietly(release);
                      }));
      started.await();
      Set<Thread> threads = ConcurrentHashMap.newKeySet();
      workers.run(5, part -> threads.add(Thread.currentThread()));
      assertThat(threads).containsExactly(Thread.currentThread());
      release.countDown();
      holder.join();
    }
  }

  @Test
  void aJobMayRunAJob() {
    try (Workers workers = new Workers(3, 1)) {
      AtomicIntegerArray runs = new AtomicIntegerArray(9);
      workers.run(3, outer -> workers.run(3, inner -> runs.incrementAndGet(3 * outer + inner)));
      for (int i = 0; i < 9; i++) {
        assertThat(runs.get(i)).isOne();
      }
    }
  }

  @Test
  void aClosedPoolSaysSo() {
    Workers workers = new Workers(2, 1);
    workers.close();
    assertThatThrownBy(() -> workers.run(1, part -> {}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("backend: used after close");
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
