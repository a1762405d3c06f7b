package dev.segue.kernels.cuda;

class CudaPanamaBindingTest extends CudaBindingContract {
  @Override
  String binding() {
    return "panama";
  }

  @Override
  public int newestBlas() {
    return 13;
  }
}
