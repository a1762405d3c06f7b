package dev.segue.kernels;

import dev.segue.kernels.cuda.CudaBinding.Grid;
import dev.segue.kernels.cuda.Device;
import dev.segue.kernels.cuda.Device.Scalar;
import dev.segue.kernels.cuda.Kernel;
import java.util.ArrayList;
import java.util.List;

/// Optimisers and clipping on a GPU.
final class CudaOptimiser {
  private final Device device;

  CudaOptimiser(Device device) {
    this.device = device;
  }

  void adam(Adam op) {
    long count = op.parameters().size();
    device.launch(
        Kernel.ADAM,
        CudaLaunches.elements(count),
        CudaTensor.of(op.parameters()).address(),
        CudaTensor.of(op.gradients()).address(),
        CudaTensor.of(op.firstMoment()).address(),
        CudaTensor.of(op.secondMoment()).address(),
        count,
        constants(op.settings(), op.step()));
  }

  void adamRows(AdamRows op) {
    CudaRowGradients gradients = CudaRowGradients.upload(device, op.gradients());
    device.launch(
        Kernel.ADAM_ROWS,
        CudaLaunches.warps(gradients.places()),
        CudaTensor.of(op.parameters()).address(),
        CudaTensor.of(op.firstMoment()).address(),
        CudaTensor.of(op.secondMoment()).address(),
        gradients.values(),
        gradients.groups(),
        constants(op.settings(), op.step()),
        gradients.places(),
        gradients.columns());
  }

  private long constants(Adam.Settings settings, int step) {
    return device.upload(
        (float) settings.rate(),
        (float) settings.beta1(),
        (float) (1 - settings.beta1()),
        (float) settings.beta2(),
        (float) (1 - settings.beta2()),
        (float) settings.epsilon(),
        (float) (1 / (1 - Math.pow(settings.beta1(), step))),
        (float) (1 / (1 - Math.pow(settings.beta2(), step))));
  }

  void adagrad(Adagrad op) {
    long count = op.parameters().size();
    device.launch(
        Kernel.ADAGRAD,
        CudaLaunches.elements(count),
        CudaTensor.of(op.parameters()).address(),
        CudaTensor.of(op.gradients()).address(),
        CudaTensor.of(op.accumulator()).address(),
        CudaTensor.addressOf(op.velocity()),
        count,
        constants(op.settings()));
  }

  void adagradRows(AdagradRows op) {
    CudaRowGradients gradients = CudaRowGradients.upload(device, op.gradients());
    device.launch(
        Kernel.ADAGRAD_ROWS,
        CudaLaunches.warps(gradients.places()),
        CudaTensor.of(op.parameters()).address(),
        CudaTensor.of(op.accumulator()).address(),
        CudaTensor.addressOf(op.velocity()),
        gradients.values(),
        gradients.groups(),
        constants(op.settings()),
        gradients.places(),
        gradients.columns());
  }

  private long constants(Adagrad.Settings settings) {
    return device.upload(
        (float) settings.rate(), (float) settings.momentum(), (float) settings.epsilon());
  }

  Scalar clip(GradientClipping op) {
    List<CudaRowGradients> rows = new ArrayList<>();
    int sums = 0;
    for (Tensor tensor : op.gradients()) {
      sums += CudaLaunches.elements(tensor.size()).blocksX();
    }
    for (RowGradients gradients : op.rows()) {
      CudaRowGradients uploaded = CudaRowGradients.upload(device, gradients);
      rows.add(uploaded);
      sums += CudaLaunches.warps(uploaded.places()).blocksX();
    }
    long memory = device.scratch((long) Math.max(1, sums) * Double.BYTES);
    long factor = device.scratch(Float.BYTES);
    squares(op, rows, memory);
    Scalar norm = device.result();
    device.launch(
        Kernel.GRADIENT_NORM,
        CudaLaunches.blocks(1),
        memory,
        sums,
        device.upload(Double.doubleToRawLongBits(op.bound())),
        norm.address(),
        factor);
    if (op.bound() < Double.POSITIVE_INFINITY) {
      op.gradients().forEach(tensor -> scale(tensor, factor));
      op.rows().forEach(each -> each.parts().forEach(part -> scale(part.values(), factor)));
    }
    return norm;
  }

  private void squares(GradientClipping op, List<CudaRowGradients> rows, long memory) {
    long at = memory;
    for (Tensor tensor : op.gradients()) {
      Grid grid = CudaLaunches.elements(tensor.size());
      long address = CudaTensor.of(tensor).address();
      device.launch(Kernel.SQUARE_SUMS, grid, address, tensor.size(), at);
      at += (long) grid.blocksX() * Double.BYTES;
    }
    for (CudaRowGradients each : rows) {
      Grid grid = CudaLaunches.warps(each.places());
      device.launch(
          Kernel.ROW_SQUARE_SUMS,
          grid,
          each.values(),
          each.groups(),
          at,
          each.places(),
          each.columns());
      at += (long) grid.blocksX() * Double.BYTES;
    }
  }

  private void scale(Tensor tensor, long factor) {
    long count = tensor.size();
    long address = CudaTensor.of(tensor).address();
    device.launch(Kernel.SCALE, CudaLaunches.elements(count), address, count, factor);
  }
}
