package dev.segue.data;

import java.lang.foreign.Arena;
import java.nio.file.Path;

/// Takes what is made of another log, and keeps it where that one is: in the heap or mapped.
final class LogCopy implements AutoCloseable {
  private final SessionLog source;
  private final LogSink sink;

  private LogCopy(SessionLog source, LogSink sink) {
    this.source = source;
    this.sink = sink;
  }

  /// Starts a copy.
  ///
  /// @param source the log that has the actions and the columns of the new one
  /// @param sessions how many there will be
  /// @param events how many there will be
  /// @param folder where the temporary files are if the source is mapped
  static LogCopy like(SessionLog source, int sessions, int events, Path folder) {
    LogColumns columns = source.columns();
    return switch (columns) {
      case HeapColumns heap -> new LogCopy(source, new HeapSink(heap, sessions, events));
      case MappedColumns mapped ->
          new LogCopy(
              source,
              new TemporarySink(
                  folder,
                  Arena.ofAuto(),
                  mapped.hasTimes(),
                  mapped.hasActions(),
                  mapped.hasDwell()));
    };
  }

  LogSink sink() {
    return sink;
  }

  SessionLog finish(Vocabulary items) {
    return new SessionLog(items, source.actions(), sink.finish());
  }

  @Override
  public void close() {
    if (sink instanceof TemporarySink temporary) {
      temporary.close();
    }
  }
}
