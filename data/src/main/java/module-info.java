/// Catalogues, events, sessions, cleaning and splits.
@org.jspecify.annotations.NullMarked
module dev.segue.data {
  requires static transitive org.jspecify;
  requires com.github.luben.zstd_jni;
  requires de.siegmar.fastcsv;
  requires dev.hardwood.core;
  requires com.fasterxml.jackson.core;
  requires java.net.http;
  requires org.slf4j;

  exports dev.segue.data;
  exports dev.segue.data.fetch;
  exports dev.segue.data.report;
}
