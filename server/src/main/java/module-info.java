/// The command line, the HTTP API and the dashboard.
@org.jspecify.annotations.NullMarked
module dev.segue.server {
  requires static transitive org.jspecify;
  requires dev.segue.engine;
  requires info.picocli;
  requires io.javalin;
  requires jakarta.servlet;
  requires org.eclipse.jetty.http;
  requires org.eclipse.jetty.server;
  requires org.eclipse.jetty.util;
  requires me.tongfei.progressbar;
  requires com.fasterxml.jackson.databind;
  requires org.slf4j;
  requires java.desktop;
  requires java.logging;
  requires xchart;
  requires VectorGraphics2D;

  opens dev.segue.server.cli to
      info.picocli;
  opens dev.segue.server.web to
      com.fasterxml.jackson.databind;
}
