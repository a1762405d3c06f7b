package dev.segue.kernels;

import dev.segue.kernels.CudaMatrices.Factors;
import dev.segue.kernels.cuda.Device;
import dev.segue.kernels.cuda.Device.Scalar;
import dev.segue.kernels.cuda.Kernel;
import org.jspecify.annotations.Nullable;

/// The output layer with its losses on a GPU. Over all items the logits are computed for as many
/// items at a time as a part of the memory holds; where that is all of them, they are kept for the
/// gradient, else they are computed again.
final class CudaLosses {
  private final Device device;
  private final CudaMatrices matrices;
  private final long logitsBytes;

  /// Makes the losses.
  ///
  /// @param logitsBytes memory that logits may take
  CudaLosses(Device device, CudaMatrices matrices, long logitsBytes) {
    this.device = device;
    this.matrices = matrices;
    this.logitsBytes = logitsBytes;
  }

  Scalar crossEntropy(SoftmaxCrossEntropy op) {
    int rows = op.targets().length;
    int items = op.weights().rows();
    int chunk = Math.clamp(logitsBytes / ((long) Math.max(1, rows) * Float.BYTES), 1, items);
    long logits = device.scratch((long) rows * chunk * Float.BYTES);
    AllItems all =
        new AllItems(
            op,
            logits,
            device.upload(op.targets()),
            weights(op.rowWeights()),
            device.scratch(3L * Math.max(1, rows) * Float.BYTES));
    for (int first = 0; first < items; first += chunk) {
      statistics(all, first, Math.min(chunk, items - first));
    }
    Scalar loss = device.result();
    device.launch(
        Kernel.CROSS_ENTROPY_LOSS,
        CudaLaunches.blocks(1),
        all.statistics(),
        all.weights(),
        loss.address(),
        rows);
    SoftmaxCrossEntropy.Gradients gradients = op.gradients();
    if (gradients != null) {
      for (int first = 0; first < items; first += chunk) {
        int here = Math.min(chunk, items - first);
        if (chunk < items) {
          logits(all, first, here);
        }
        gradient(all, gradients, first, here);
      }
    }
    return loss;
  }

  /// What the passes over all items share.
  private record AllItems(
      SoftmaxCrossEntropy op, long logits, long targets, long weights, long statistics) {
    int rows() {
      return op.targets().length;
    }

    long bias() {
      return CudaTensor.addressOf(op.bias());
    }
  }

  private long weights(float[] weights) {
    return weights.length == 0 ? 0 : device.upload(weights);
  }

  private void logits(AllItems all, int first, int here) {
    SoftmaxCrossEntropy op = all.op();
    matrices.multiply(
        new Factors(
            CudaTensor.of(op.hidden()).address(),
            false,
            CudaTensor.of(op.weights()).address(first),
            true,
            all.rows(),
            here,
            op.weights().columns()),
        all.logits(),
        false);
  }

  private void statistics(AllItems all, int first, int here) {
    if (all.rows() == 0) {
      return;
    }
    logits(all, first, here);
    device.launch(
        Kernel.CROSS_ENTROPY_STATISTICS,
        CudaLaunches.blocks(all.rows()),
        all.logits(),
        all.bias(),
        all.targets(),
        all.statistics(),
        all.rows(),
        here,
        first);
  }

  private void gradient(
      AllItems all, SoftmaxCrossEntropy.Gradients gradients, int first, int here) {
    if (all.rows() == 0) {
      return;
    }
    SoftmaxCrossEntropy op = all.op();
    int size = op.weights().columns();
    device.launch(
        Kernel.CROSS_ENTROPY_GRADIENT,
        CudaLaunches.blocks(all.rows()),
        all.logits(),
        all.bias(),
        all.targets(),
        all.statistics(),
        all.weights(),
        all.rows(),
        here,
        first,
        Float.floatToRawIntBits(op.scale()));
    matrices.multiply(
        new Factors(
            all.logits(),
            false,
            CudaTensor.of(op.weights()).address(first),
            false,
            all.rows(),
            size,
            here),
        CudaTensor.of(gradients.hidden()).address(),
        first > 0);
    matrices.multiply(
        new Factors(
            all.logits(),
            true,
            CudaTensor.of(op.hidden()).address(),
            false,
            here,
            size,
            all.rows()),
        CudaTensor.of(gradients.weights()).address(first),
        true);
    Tensor bias = gradients.bias();
    if (bias != null) {
      long to = CudaTensor.of(bias).address() + (long) first * Float.BYTES;
      matrices.columnSums(all.logits(), to, all.rows(), here, true);
    }
  }

  Scalar sampled(SampledLoss op) {
    int rows = op.hidden().rows();
    int columns = op.items().length;
    int size = op.weights().columns();
    long items = device.upload(op.items());
    long table = device.scratch((long) columns * size * Float.BYTES);
    long scores = device.scratch((long) rows * columns * Float.BYTES);
    long losses = device.scratch((long) Math.max(1, rows) * Double.BYTES);
    long hidden = CudaTensor.of(op.hidden()).address();
    device.launch(
        Kernel.GATHER_ROWS,
        CudaLaunches.warps(columns),
        CudaTensor.of(op.weights()).address(),
        items,
        table,
        columns,
        size);
    matrices.multiply(new Factors(hidden, false, table, true, rows, columns, size), scores, false);
    if (rows > 0) {
      rowLosses(op, items, scores, losses);
    }
    Scalar loss = device.result();
    device.launch(Kernel.LOSS_SUM, CudaLaunches.blocks(1), losses, loss.address(), rows);
    SampledLoss.Gradients gradients = op.gradients();
    if (gradients != null) {
      matrices.multiply(
          new Factors(scores, false, table, false, rows, size, columns),
          CudaTensor.of(gradients.hidden()).address(),
          false);
      matrices.multiply(
          new Factors(scores, true, hidden, false, columns, size, rows),
          CudaTensor.of(gradients.rows()).address(),
          false);
      biasGradient(gradients.bias(), scores, rows, columns);
    }
    return loss;
  }

  private void biasGradient(@Nullable Tensor bias, long scores, int rows, int columns) {
    if (bias != null) {
      matrices.columnSums(scores, CudaTensor.of(bias).address(), rows, columns, false);
    }
  }

  private void rowLosses(SampledLoss op, long items, long scores, long losses) {
    int rows = op.hidden().rows();
    int columns = op.items().length;
    long bias = CudaTensor.addressOf(op.bias());
    long weights = weights(op.rowWeights());
    long scale = Float.floatToRawIntBits(op.scale());
    switch (op.objective()) {
      case SampledLoss.Softmax _ ->
          device.launch(
              Kernel.SAMPLED_SOFTMAX,
              CudaLaunches.blocks(rows),
              scores,
              bias,
              items,
              op.corrections().length == 0 ? 0 : device.upload(op.corrections()),
              weights,
              losses,
              columns,
              scale);
      case SampledLoss.BprMax bprMax ->
          device.launch(
              Kernel.BPR_MAX,
              CudaLaunches.blocks(rows),
              scores,
              bias,
              items,
              weights,
              losses,
              columns,
              scale,
              Float.floatToRawIntBits((float) bprMax.regularisation()),
              Float.floatToRawIntBits((float) bprMax.elu()));
    }
  }
}
