package dev.segue.kernels;

import dev.segue.kernels.cuda.CudaBinding.DeviceInfo;
import dev.segue.kernels.cuda.Device;
import dev.segue.kernels.cuda.Devices;
import dev.segue.kernels.cuda.Kernel;
import dev.segue.kernels.cuda.Opening;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/// An NVIDIA GPU. Every operation is written down as commands of its [Device]; the work is done
/// when somebody reads.
final class CudaBackend implements Backend {
  /// Logits and scores take at most this part of the memory at once.
  private static final int PART_OF_MEMORY = 8;

  /// Compute capability from which tensor cores take bfloat16.
  private static final int TENSOR_CORES = 8;

  private final Device device;
  private final CudaPrecision precision;
  private final CudaMatrices matrices;
  private final CudaGru gru;
  private final CudaLosses losses;
  private final CudaOptimiser optimiser;
  private final CudaRanking ranking;

  /// Opens the device that `segue.cuda.device` names, the first by default, with the precision that
  /// `segue.cuda.precision` names: bfloat16 by default where the GPU has it.
  ///
  /// @throws BackendUnavailableException with the reason and the cure
  static CudaBackend open() {
    int ordinal = Integer.getInteger("segue.cuda.device", 0);
    return switch (Devices.open(ordinal)) {
      case Opening.Refused<Device> refused ->
          throw new BackendUnavailableException("backend: cuda cannot be used: " + refused.line());
      case Opening.Opened<Device>(Device device) -> new CudaBackend(device, precision(device));
    };
  }

  private static CudaPrecision precision(Device device) {
    String name = System.getProperty("segue.cuda.precision");
    if (name != null) {
      return usable(CudaPrecision.parse(name), device);
    }
    return device.info().major() >= TENSOR_CORES ? CudaPrecision.BFLOAT16 : CudaPrecision.FLOAT32;
  }

  private static CudaPrecision usable(CudaPrecision precision, Device device) {
    boolean isThere =
        switch (precision) {
          case FLOAT32 -> true;
          case TF32 -> device.info().major() >= TENSOR_CORES && device.hasBlas();
          case BFLOAT16 -> device.info().major() >= TENSOR_CORES;
        };
    if (!isThere) {
      DeviceInfo info = device.info();
      device.close();
      throw new BackendUnavailableException(
          "backend: cuda cannot be used: no %s on %s of compute capability %d.%d%s; take -Dsegue.cuda.precision=float32"
              .formatted(
                  precision,
                  info.name(),
                  info.major(),
                  info.minor(),
                  precision == CudaPrecision.TF32 ? " without cuBLAS" : ""));
    }
    return precision;
  }

  /// Makes a backend that owns a device.
  CudaBackend(Device device, CudaPrecision precision) {
    this(device, precision, device.info().memoryBytes() / PART_OF_MEMORY);
  }

  /// Makes a backend whose logits and scores take at most some memory at once, for tests.
  CudaBackend(Device device, CudaPrecision precision, long logitsBytes) {
    this.device = device;
    this.precision = precision;
    this.matrices = new CudaMatrices(device, precision);
    this.gru = new CudaGru(device, matrices, precision);
    this.losses = new CudaLosses(device, matrices, logitsBytes);
    this.optimiser = new CudaOptimiser(device);
    this.ranking = new CudaRanking(device, exactMatrices(device, precision), logitsBytes);
  }

  /// Ranking is exact in every mode.
  private CudaMatrices exactMatrices(Device device, CudaPrecision precision) {
    return precision == CudaPrecision.FLOAT32
        ? matrices
        : new CudaMatrices(device, CudaPrecision.FLOAT32);
  }

  @Override
  public String name() {
    return "cuda";
  }

  @Override
  public String description() {
    DeviceInfo info = device.info();
    String blas = device.blasLibrary();
    return "cuda (%s, compute capability %d.%d, %s, %s, %s)"
        .formatted(
            info.name(),
            info.major(),
            info.minor(),
            device.driver(),
            blas == null ? "no cuBLAS" : blas.substring(blas.lastIndexOf('/') + 1),
            precision);
  }

  /// Returns the device, for tests and measurements.
  Device device() {
    return device;
  }

  @Override
  public Tensor allocate(int rows, int columns) {
    CudaTensor tensor = new CudaTensor(device, rows, columns);
    tensor.fill(0);
    return tensor;
  }

  @Override
  public Tensor tensor(int rows, int columns, float... values) {
    CudaTensor tensor = new CudaTensor(device, rows, columns);
    Shapes.equal("tensor", "number of values", Math.toIntExact(tensor.size()), values.length);
    tensor.write(0, java.nio.FloatBuffer.wrap(values));
    return tensor;
  }

  @Override
  public void gatherRows(GatherRows op) {
    device.operation(() ->
        device.launch(
            Kernel.GATHER_ROWS,
            CudaLaunches.warps(op.ids().length),
            CudaTensor.of(op.table()).address(),
            device.upload(op.ids()),
            CudaTensor.of(op.out()).address(),
            op.ids().length,
            op.table().columns()));
  }

  @Override
  public void scatterAddRows(ScatterAddRows op) {
    device.operation(() ->
        device.launch(
            Kernel.SCATTER_ADD_ROWS,
            CudaLaunches.warps(op.ids().length),
            CudaTensor.of(op.rows()).address(),
            CudaRowGradients.upload(device, op.ids()),
            CudaTensor.of(op.target()).address(),
            op.ids().length,
            op.rows().columns()));
  }

  @Override
  public void gemm(Gemm op) {
    device.operation(() -> matrices.gemm(op));
  }

  @Override
  public void gruForward(GruForward op) {
    device.operation(() -> gru.forward(op));
  }

  @Override
  public void gruBackward(GruBackward op) {
    device.operation(() -> gru.backward(op));
  }

  @Override
  public DoubleSupplier softmaxCrossEntropy(SoftmaxCrossEntropy op) {
    return device.operation(() -> losses.crossEntropy(op));
  }

  @Override
  public DoubleSupplier sampledLoss(SampledLoss op) {
    return device.operation(() -> losses.sampled(op));
  }

  @Override
  public void adam(Adam op) {
    device.operation(() -> optimiser.adam(op));
  }

  @Override
  public void adamRows(AdamRows op) {
    device.operation(() -> optimiser.adamRows(op));
  }

  @Override
  public void adagrad(Adagrad op) {
    device.operation(() -> optimiser.adagrad(op));
  }

  @Override
  public void adagradRows(AdagradRows op) {
    device.operation(() -> optimiser.adagradRows(op));
  }

  @Override
  public DoubleSupplier clipByGlobalNorm(GradientClipping op) {
    return device.operation(() -> optimiser.clip(op));
  }

  @Override
  public void dropout(Dropout op) {
    long count = op.input().size();
    device.operation(() ->
        device.launch(
            Kernel.DROPOUT,
            CudaLaunches.elements(Math.ceilDiv(count, 4)),
            CudaTensor.of(op.input()).address(),
            CudaTensor.of(op.output()).address(),
            count,
            Float.floatToRawIntBits(op.probability()),
            device.upload(op.seed(), op.stream())));
  }

  @Override
  public void scores(Scores op) {
    device.operation(() -> ranking.scores(op));
  }

  @Override
  public RankingIndex rankingIndex(Tensor weights, @Nullable Tensor bias) {
    return new ExactIndex(weights, bias);
  }

  @Override
  public TopK topK(TopKSearch op) {
    return device.operation(() -> ranking.topK(op));
  }

  @Override
  public void close() {
    device.close();
  }
}
