package dev.segue.data;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Writes a log as a `.segue-log` file, section after section and the header last, so that memory
/// does not depend on the size of the log.
final class LogFileWriter {
  private static final int BUFFER_BYTES = 1 << 16;

  private final SessionLog log;
  private final Path file;
  private final FileChannel channel;
  private final ColumnWriter out;

  private LogFileWriter(SessionLog log, Path file, FileChannel channel) {
    this.log = log;
    this.file = file;
    this.channel = channel;
    out = new ColumnWriter(channel, BUFFER_BYTES);
  }

  /// Writes a file beside its final name and moves it into place.
  static void write(SessionLog log, Path file) {
    SessionLog ordered = log.inOrder();
    WholeFile.writeChannel(file, channel -> new LogFileWriter(ordered, file, channel).write());
  }

  private void write() throws IOException {
    out.putBytes(new byte[LogHeader.BYTES]);
    out.takeSum();
    Map<LogSection, LogHeader.Place> sections = new EnumMap<>(LogSection.class);
    for (LogSection section : LogSection.values()) {
      long offset = out.position();
      write(section);
      long length = out.position() - offset;
      out.putBytes(new byte[(int) (LogHeader.aligned(out.position()) - out.position())]);
      sections.put(section, new LogHeader.Place(offset, length, out.takeSum()));
    }
    long flags =
        (log.hasTimes() ? LogHeader.TIMES : 0)
            + (log.columns().hasActions() ? LogHeader.ACTIONS : 0)
            + (log.hasDwell() ? LogHeader.DWELL : 0);
    var header =
        new LogHeader(
            out.position(),
            log.sessionCount(),
            log.eventCount(),
            log.items().size(),
            log.actions().size(),
            flags,
            sections);
    channel.write(header.encode(), 0);
  }

  private void write(LogSection section) {
    switch (section) {
      case STARTS -> starts();
      case ITEMS -> events(event -> out.putInt(log.item(event)));
      case TIMES -> events(log.hasTimes(), event -> out.putLong(log.timeMillis(event)));
      case ACTIONS ->
          events(log.columns().hasActions(), event -> out.putByte(log.actionNumber(event)));
      case DWELLS -> events(log.hasDwell(), event -> out.putInt(log.dwellMillis(event)));
      case SESSION_ID_ENDS -> sessionIdEnds();
      case SESSION_IDS -> sessionIds();
      case ITEM_ID_ENDS -> ends(log.items().ids());
      case ITEM_IDS -> log.items().ids().forEach(id -> out.putBytes(bytes(id)));
      case ACTION_NAME_ENDS -> ends(log.actions());
      case ACTION_NAMES -> log.actions().forEach(name -> out.putBytes(bytes(name)));
    }
  }

  @FunctionalInterface
  private interface EventCell {
    void put(int event);
  }

  private void events(boolean hasColumn, EventCell cell) {
    if (hasColumn) {
      events(cell);
    }
  }

  private void events(EventCell cell) {
    for (int event = 0; event < log.eventCount(); event++) {
      cell.put(event);
    }
  }

  private void starts() {
    for (int session = 0; session < log.sessionCount(); session++) {
      out.putLong(log.start(session));
    }
    out.putLong(log.eventCount());
  }

  private void sessionIdEnds() {
    long end = 0;
    for (int session = 0; session < log.sessionCount(); session++) {
      end += log.sessionIdBytes(session).length;
      out.putLong(end);
    }
  }

  private void sessionIds() {
    for (int session = 0; session < log.sessionCount(); session++) {
      out.putBytes(log.sessionIdBytes(session));
    }
  }

  private void ends(List<String> texts) {
    long end = 0;
    for (String text : texts) {
      end += bytes(text).length;
      out.putLong(end);
    }
  }

  /// Half of a surrogate pair has no UTF-8 and would come back as a question mark.
  private byte[] bytes(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (!new String(bytes, StandardCharsets.UTF_8).equals(text)) {
      throw new DataException(
          "%s: an id holds half a surrogate pair, expected text that UTF-8 can hold, got \"%s\""
              .formatted(file, text));
    }
    return bytes;
  }
}
