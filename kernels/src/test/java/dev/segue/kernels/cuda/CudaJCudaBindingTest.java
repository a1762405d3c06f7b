package dev.segue.kernels.cuda;

class CudaJCudaBindingTest extends CudaBindingContract {
  @Override
  String binding() {
    return "jcuda";
  }

  @Override
  public int newestBlas() {
    return 12;
  }
}
