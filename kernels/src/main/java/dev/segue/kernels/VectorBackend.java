package dev.segue.kernels;

import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/// The Vector API on a CPU, with a fixed pool of threads. One class per family of operations does
/// the work; this one only hands it out.
///
/// Results do not depend on the number of threads: a thread takes whole elements of the result, or
/// sums are taken over parts whose cut depends on the shapes alone and joined in order.
final class VectorBackend implements Backend {
  private final int blockElements;
  private final FreeBlocks free = new FreeBlocks();
  private final Workers workers;
  private final VectorGemm gemm;
  private final VectorRows rows;
  private final VectorGruForward gruForward;
  private final VectorGruBackward gruBackward;
  private final VectorCrossEntropy crossEntropy;
  private final VectorSampledLoss sampledLoss;
  private final VectorOptimiser optimiser;
  private final VectorRowOptimiser rowOptimiser;
  private final VectorClipping clipping;
  private final VectorRanking ranking;
  private final WarmUp warmUp;

  VectorBackend(int threads) {
    this(threads, Workers.MIN_WORK, HeapTensor.BLOCK_ELEMENTS);
  }

  /// Makes a backend that uses vectors where `warmUp` says that they are compiled.
  VectorBackend(int threads, WarmUp warmUp) {
    this(threads, Workers.MIN_WORK, HeapTensor.BLOCK_ELEMENTS, warmUp);
  }

  /// Makes a backend whose threads take shares of `minWork` multiply-adds or more, and whose
  /// tensors have blocks of at most `blockElements` elements, for tests.
  VectorBackend(int threads, long minWork, int blockElements) {
    this(threads, minWork, blockElements, WarmUp.done());
  }

  /// As above, with kernels that are not compiled yet.
  VectorBackend(int threads, long minWork, int blockElements, WarmUp warmUp) {
    this.warmUp = warmUp;
    this.blockElements = blockElements;
    this.workers = new Workers(threads, minWork);
    Workspace.Pool workspaces = new Workspace.Pool();
    this.gemm = new VectorGemm(workers, workspaces);
    this.rows = new VectorRows(workers);
    this.gruForward = new VectorGruForward(workers, workspaces, gemm, warmUp);
    this.gruBackward = new VectorGruBackward(workers, workspaces, gemm);
    this.crossEntropy = new VectorCrossEntropy(workers, workspaces);
    this.sampledLoss = new VectorSampledLoss(workers, workspaces, gemm, rows);
    this.optimiser = new VectorOptimiser(workers);
    this.rowOptimiser = new VectorRowOptimiser(workers);
    this.clipping = new VectorClipping(workers);
    this.ranking = new VectorRanking(workers, workspaces, warmUp);
  }

  @Override
  public String name() {
    return "vector";
  }

  @Override
  public String description() {
    String threads = workers.threads() == 1 ? " thread)" : " threads)";
    return "vector (" + LaneCount.BITS + " bits, " + workers.threads() + threads;
  }

  @Override
  public Tensor allocate(int rows, int columns) {
    return new HeapTensor(rows, columns, blockElements, free);
  }

  @Override
  public void gatherRows(GatherRows op) {
    rows.gather(op);
  }

  @Override
  public void scatterAddRows(ScatterAddRows op) {
    rows.scatterAdd(op);
  }

  @Override
  public void gemm(Gemm op) {
    gemm.run(op);
  }

  @Override
  public void gruForward(GruForward op) {
    gruForward.run(op);
  }

  @Override
  public void gruBackward(GruBackward op) {
    gruBackward.run(op);
  }

  @Override
  public DoubleSupplier softmaxCrossEntropy(SoftmaxCrossEntropy op) {
    double value = crossEntropy.run(op);
    return () -> value;
  }

  @Override
  public DoubleSupplier sampledLoss(SampledLoss op) {
    double value = sampledLoss.run(op);
    return () -> value;
  }

  @Override
  public void adam(Adam op) {
    optimiser.adam(op);
  }

  @Override
  public void adamRows(AdamRows op) {
    rowOptimiser.adam(op);
  }

  @Override
  public void adagrad(Adagrad op) {
    optimiser.adagrad(op);
  }

  @Override
  public void adagradRows(AdagradRows op) {
    rowOptimiser.adagrad(op);
  }

  @Override
  public DoubleSupplier clipByGlobalNorm(GradientClipping op) {
    double value = clipping.run(op);
    return () -> value;
  }

  @Override
  public void dropout(Dropout op) {
    VectorDropout.run(op, workers, workers.parts(op.input().size() * 8));
  }

  @Override
  public void scores(Scores op) {
    ranking.scores(op);
  }

  @Override
  public RankingIndex rankingIndex(Tensor weights, @Nullable Tensor bias) {
    return ranking.index(weights, bias);
  }

  @Override
  public TopK topK(TopKSearch op) {
    TopK best = ranking.topK(op);
    // Only now: the compiler would take the processors from the first answer.
    warmUp.wantLater(Kernel.DOTS, Kernel.TILE, Kernel.GATES);
    return best;
  }

  @Override
  public void close() {
    warmUp.close();
    workers.close();
  }
}
