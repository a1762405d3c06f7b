/// Tensors and the operations of a recurrent recommender, on a CPU and on GPUs.
@org.jspecify.annotations.NullMarked
module dev.segue.kernels {
  requires static transitive org.jspecify;
  requires static jcublas;
  requires static jcuda;
  requires static jdk.incubator.vector;
  requires org.slf4j;

  exports dev.segue.kernels;
}
