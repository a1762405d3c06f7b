/// The model, its training and evaluation, and recommendations from it.
@org.jspecify.annotations.NullMarked
module dev.segue.engine {
  requires static transitive org.jspecify;
  requires transitive dev.segue.kernels;
  requires transitive dev.segue.data;
  requires com.fasterxml.jackson.databind;
  requires org.slf4j;

  exports dev.segue.engine;
  exports dev.segue.engine.tuning;
}
