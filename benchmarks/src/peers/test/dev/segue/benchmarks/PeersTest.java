package dev.segue.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// That the libraries compared with compute what Segue does, so that a benchmark that no longer
/// compares the same thing is noticed without being run.
class PeersTest {
  private static final double SHARE = 2e-5;
  private static final Peer PLAIN = Peer.of(Contender.SCALAR);
  private static final Peer PYTORCH = Peer.of(Contender.DJL);

  @TempDir Path folder;

  @Test
  void productsAgree() {
    Random random = new Random(1);
    float[] a = Numbers.uniform(random, 7 * 5, 1);
    float[] b = Numbers.uniform(random, 7 * 3, 1);
    GemmTask.Problem problem = new GemmTask.Problem(5, 3, 7, a, true, b, false);
    try (GemmTask expected = PLAIN.gemm(problem, 1);
        GemmTask actual = PYTORCH.gemm(problem, 1)) {
      expected.run();
      actual.run();
      Numbers.requireClose("product", expected.product(), actual.product(), SHARE);
    }
  }

  @Test
  void gradientsOfTheGruAgree() {
    GruTask.Problem problem = GruTask.Problem.random(3, 4, 5, 6);
    try (GruTask expected = PLAIN.gru(problem, 1);
        GruTask actual = PYTORCH.gru(problem, 1)) {
      expected.run();
      actual.run();
      GruTask.Result ours = expected.result();
      GruTask.Result theirs = actual.result();
      Numbers.requireClose("hidden", ours.hidden(), theirs.hidden(), SHARE);
      Numbers.requireClose("input", ours.inputGradient(), theirs.inputGradient(), SHARE);
      Numbers.requireClose(
          "recurrent weights",
          ours.recurrentWeightGradient(),
          theirs.recurrentWeightGradient(),
          SHARE);
    }
  }

  @Test
  void crossEntropiesAgree() {
    CrossEntropyTask.Problem problem = CrossEntropyTask.Problem.random(9, 40, 6);
    try (CrossEntropyTask expected = PLAIN.crossEntropy(problem, 1);
        CrossEntropyTask actual = PYTORCH.crossEntropy(problem, 1)) {
      Numbers.requireClose("loss", expected.run(), actual.run(), SHARE);
      CrossEntropyTask.Result ours = expected.result();
      CrossEntropyTask.Result theirs = actual.result();
      Numbers.requireClose("hidden", ours.hiddenGradient(), theirs.hiddenGradient(), SHARE);
      Numbers.requireClose("weights", ours.weightGradient(), theirs.weightGradient(), SHARE);
    }
  }

  @ParameterizedTest
  @EnumSource
  void lossesOfTrainingAgree(TrainingScenario scenario) {
    TrainingTask.Problem problem = scenario.problem(300, 4);
    try (TrainingTask expected = PLAIN.training(problem, 1);
        TrainingTask actual = PYTORCH.training(problem, 1)) {
      Numbers.requireClose("first loss", expected.step(), actual.step(), 1e-5);
      Numbers.requireClose("second loss", expected.step(), actual.step(), 2e-3);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"DJL", "ONNXRUNTIME"})
  void theBestItemsAreTheSame(Contender contender) throws IOException {
    RankingTask task = new RankingTask(700, 16, 3, 21);
    try (Ranker ranker = Peer.of(contender).ranker(task, 1)) {
      RankingBenchmark.check(task, task.queries(1), ranker.best(task.queries(1)));
    }
    SyntheticModel.write(folder, 300);
    Peer.of(contender).writeModel(folder);
    try (LiveModel expected = RecommendBenchmark.Contender.SCALAR.open(folder);
        LiveModel actual = Peer.of(contender).model(folder)) {
      for (int item : new int[] {5, 299, 5}) {
        expected.append(item);
        actual.append(item);
      }
      assertThat(actual.best(21)).containsExactly(expected.best(21));
    }
  }

  @Test
  void whatALibraryLacksIsSaid() {
    GruTask.Problem problem = GruTask.Problem.random(1, 1, 1, 1);
    assertThatThrownBy(() -> Peer.of(Contender.ONNXRUNTIME).gru(problem, 1))
        .hasMessage("benchmark: ONNXRUNTIME has no GRU with gradients");
  }
}
