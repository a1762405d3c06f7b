package dev.segue.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.kernels.TopK;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SharedRankingTest {
  private static final int[] NOTHING = new int[0];

  private final List<Integer> sizes = new ArrayList<>();
  private final List<Float> order = new ArrayList<>();
  private final Semaphore started = new Semaphore(0);
  private final Semaphore mayEnd = new Semaphore(0);
  private final SharedRanking ranking = new SharedRanking(this::pass, sizes::add);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private Future<TopK> first =
      CompletableFuture.completedFuture(new TopK(new int[0][], new float[0][]));

  @AfterEach
  void close() {
    mayEnd.release(1 << 20);
    ranking.close();
    threads.close();
  }

  /// The best items of a session whose hidden state is x are x, x + 1, ... but for excluded ones.
  private TopK answer(float[][] hidden, int k, int[][] excluded, long @Nullable [] allowed) {
    int[][] items = new int[hidden.length][];
    float[][] scores = new float[hidden.length][k];
    for (int row = 0; row < hidden.length; row++) {
      List<Integer> out = IntStream.of(excluded[row]).boxed().toList();
      int first = (int) hidden[row][0] + (allowed == null ? 0 : 1000);
      items[row] =
          IntStream.iterate(first, i -> i + 1).filter(i -> !out.contains(i)).limit(k).toArray();
      order.add(hidden[row][0]);
    }
    return new TopK(items, scores);
  }

  private TopK pass(float[][] hidden, int k, int[][] excluded, long @Nullable [] allowed) {
    started.release();
    mayEnd.acquireUninterruptibly();
    if (hidden[0][0] < 0) {
      throw new IllegalStateException("no answer for " + hidden[0][0]);
    }
    return answer(hidden, k, excluded, allowed);
  }

  private Future<TopK> ask(int state, int k, long @Nullable [] allowed)
      throws InterruptedException {
    int before = ranking.waitingRequests();
    Future<TopK> answer =
        threads.submit(() -> ranking.top(new float[] {state}, k, NOTHING, allowed));
    while (ranking.waitingRequests() == before && started.availablePermits() == 0) {
      Thread.sleep(1);
    }
    return answer;
  }

  /// Starts a pass that stays under way until [#mayEnd] says so.
  private void startPass() throws InterruptedException {
    first = threads.submit(() -> ranking.top(new float[] {0}, 1, NOTHING, null));
    started.acquire();
  }

  @Test
  void oneRequestAloneIsOnePassAtOnce() {
    mayEnd.release();
    TopK top = ranking.top(new float[] {5}, 2, new int[] {5}, null);
    assertThat(top.items()).isDeepEqualTo(new int[][] {{6, 7}});
    assertThat(sizes).containsExactly(1);
  }

  @Test
  void thoseThatComeDuringAPassShareTheNextOnesInOrder() throws Exception {
    startPass();
    List<Future<TopK>> others = new ArrayList<>();
    for (int i = 1; i <= SharedRanking.MOST_ROWS + 3; i++) {
      others.add(ask(i, 1 + i % 5, null));
    }
    mayEnd.release(3);
    assertThat(first.get().items()[0]).containsExactly(0);
    for (int i = 1; i <= others.size(); i++) {
      int state = i;
      int[] expected = IntStream.range(0, 1 + i % 5).map(place -> state + place).toArray();
      assertThat(others.get(i - 1).get().items()[0]).containsExactly(expected);
      assertThat(others.get(i - 1).get().scores()[0]).hasSize(1 + i % 5);
    }
    assertThat(sizes).containsExactly(1, SharedRanking.MOST_ROWS, 3);
    assertThat(order).isSorted();
  }

  @Test
  void requestsForOtherItemsWaitForTheirOwnPass() throws Exception {
    startPass();
    long[] some = {6};
    List<Future<TopK>> others =
        List.of(ask(1, 1, null), ask(2, 1, some), ask(3, 1, null), ask(4, 1, new long[] {6}));
    mayEnd.release(3);
    assertThat(others.get(3).get().items()[0]).containsExactly(1004);
    assertThat(others.get(2).get().items()[0]).containsExactly(3);
    assertThat(sizes).containsExactly(1, 2, 2);
  }

  @Test
  void aPassThatFailsFailsItsRequestsAndNoOthers() throws Exception {
    startPass();
    List<Future<TopK>> failing = List.of(ask(-1, 1, null), ask(7, 1, null));
    Future<TopK> other = ask(8, 1, new long[] {1});
    mayEnd.release(3);
    for (Future<TopK> answer : failing) {
      assertThatThrownBy(answer::get)
          .isInstanceOf(ExecutionException.class)
          .hasRootCauseMessage("no answer for -1.0");
    }
    assertThat(other.get().items()[0]).containsExactly(1008);
  }

  @Test
  void aWaitingRequestCanBeInterrupted() throws Exception {
    startPass();
    AtomicInteger interrupted = new AtomicInteger();
    Thread waiting =
        Thread.ofVirtual()
            .start(() -> {
              try {
                ranking.top(new float[] {1}, 1, NOTHING, null);
              } catch (CancellationException e) {
                interrupted.set(Thread.currentThread().isInterrupted() ? 1 : -1);
              }
            });
    while (ranking.waitingRequests() == 0) {
      Thread.sleep(1);
    }
    Future<TopK> other = ask(2, 1, null);
    waiting.interrupt();
    waiting.join();
    assertThat(interrupted).as("interrupted, and still marked so").hasValue(1);
    mayEnd.release(2);
    assertThat(other.get().items()[0]).containsExactly(2);
    assertThat(sizes).containsExactly(1, 1);
  }

  @Test
  void tooManyWaitingRequestsAreTurnedAway() throws Exception {
    startPass();
    List<Future<TopK>> answers = new ArrayList<>();
    for (int i = 0; i < SharedRanking.MOST_WAITING; i++) {
      answers.add(threads.submit(() -> ranking.top(new float[] {1}, 1, NOTHING, null)));
    }
    while (ranking.waitingRequests() < SharedRanking.MOST_WAITING) {
      Thread.sleep(1);
    }
    assertThatThrownBy(() -> ranking.top(new float[] {1}, 1, NOTHING, null))
        .isInstanceOf(RejectedExecutionException.class)
        .hasMessage("recommend: too many requests wait, expected at most 4096, ask again later");
    mayEnd.release(1 << 20);
    for (Future<TopK> answer : answers) {
      assertThat(answer.get().items()[0]).containsExactly(1);
    }
  }

  @Test
  void closingAnswersThoseThatWaitAndRefusesOthers() throws Exception {
    startPass();
    Future<TopK> waiting = ask(1, 1, null);
    Future<?> closing = threads.submit(ranking::close);
    while (!ranking.isClosed()) {
      Thread.sleep(1);
    }
    assertThatThrownBy(() -> ranking.top(new float[] {2}, 1, NOTHING, null))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("recommend: the recommender is closed, expected an open one");
    assertThat(closing.isDone()).isFalse();
    mayEnd.release(2);
    closing.get();
    assertThat(waiting.get().items()[0]).containsExactly(1);
  }

  @Test
  void manyThreadsGetWhatEachWouldGetAlone() throws Exception {
    mayEnd.release(1 << 20);
    List<Callable<Boolean>> work = new ArrayList<>();
    for (int i = 0; i < 4_000; i++) {
      int state = i;
      long[] allowed = i % 3 == 0 ? new long[] {1} : null;
      float[][] hidden = {{state}};
      work.add(() -> {
        TopK top = ranking.top(hidden[0], 1 + state % 7, new int[] {state + 1}, allowed);
        int first = state + (allowed == null ? 0 : 1000);
        return top.items()[0][0] == first && top.items()[0].length == 1 + state % 7;
      });
    }
    for (Future<Boolean> isRight : threads.invokeAll(work)) {
      assertThat(isRight.get()).isTrue();
    }
    assertThat(sizes.stream().mapToInt(Integer::intValue).sum()).isEqualTo(4_000);
    assertThat(sizes).allMatch(size -> size <= SharedRanking.MOST_ROWS);
  }
}
