package dev.segue.data;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// Maps a `.segue-log` file. All of it is summed and looked through once, so that a damaged file is
/// an error here and never a wrong number later; only the vocabulary is read into the heap.
final class LogFileReader {
  private static final long SUM_CHUNK = 1 << 30;

  private final String name;
  private final MemorySegment all;
  private final LogHeader header;

  private LogFileReader(Path file, MemorySegment all) {
    name = file.toString();
    this.all = all;
    header =
        LogHeader.decode(
            ByteBuffer.wrap(all.asSlice(0, LogHeader.BYTES).toArray(ValueLayout.JAVA_BYTE)), name);
  }

  /// Returns whether the file begins as a `.segue-log` does.
  static boolean isLog(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return LogHeader.isMagic(in.readNBytes(Long.BYTES));
    } catch (IOException e) {
      // Whoever reads the file next says what is wrong with it.
      return false;
    }
  }

  /// Returns the log; it stays mapped for as long as somebody has it.
  static SessionLog read(Path file) {
    try (FileChannel channel = FileChannel.open(file)) {
      long length = channel.size();
      if (length < LogHeader.BYTES) {
        throw new DataException(
            "%s: cut off, expected at least %d bytes, got %d"
                .formatted(file, LogHeader.BYTES, length));
      }
      MemorySegment all = channel.map(FileChannel.MapMode.READ_ONLY, 0, length, Arena.ofAuto());
      var reader = new LogFileReader(file, all);
      reader.checkLayout(length);
      reader.checkSums();
      return reader.log();
    } catch (IOException e) {
      throw TextInput.failure(file, e);
    }
  }

  private void checkLayout(long length) {
    if (length != header.fileBytes()) {
      throw new DataException(
          "%s: %s, expected %,d bytes, got %,d"
              .formatted(
                  name,
                  length < header.fileBytes() ? "cut off" : "something stands after its end",
                  header.fileBytes(),
                  length));
    }
    requireAtMost("events", header.events(), Integer.MAX_VALUE);
    requireAtMost("sessions", header.sessions(), Integer.MAX_VALUE - 1);
    requireAtMost("items", header.items(), Integer.MAX_VALUE - 8);
    requireAtMost("actions", header.actions(), 256);
    long expected = LogHeader.BYTES;
    for (LogSection section : LogSection.values()) {
      LogHeader.Place place = header.place(section);
      long bytes = place.length();
      boolean isRight = section.bytes(header) < 0 ? bytes >= 0 : bytes == section.bytes(header);
      if (!isRight || place.offset() != expected || LogHeader.aligned(bytes) > length - expected) {
        throw wrong("the section of %s does not lie where it should".formatted(section.title()));
      }
      expected = place.next();
    }
    if (expected != length) {
      throw wrong("something stands after its last section");
    }
  }

  private void requireAtMost(String what, long count, long most) {
    if (count < 0 || count > most) {
      throw new DataException(
          "%s: too many %s, expected at most %,d, got %,d: split the log into parts"
              .formatted(name, what, most, count));
    }
  }

  private void checkSums() {
    for (LogSection section : LogSection.values()) {
      var sum = new CRC32C();
      LogHeader.Place place = header.place(section);
      MemorySegment bytes = all.asSlice(place.offset(), place.next() - place.offset());
      for (long from = 0; from < bytes.byteSize(); from += SUM_CHUNK) {
        long length = Math.min(SUM_CHUNK, bytes.byteSize() - from);
        sum.update(bytes.asSlice(from, length).asByteBuffer());
      }
      if (sum.getValue() != place.sum()) {
        throw new DataException(
            "%s: damaged: the checksum of the %s differs; make it anew"
                .formatted(name, section.title()));
      }
    }
  }

  private SessionLog log() {
    List<String> items = strings(LogSection.ITEM_ID_ENDS, LogSection.ITEM_IDS, header.items());
    List<String> actions =
        strings(LogSection.ACTION_NAME_ENDS, LogSection.ACTION_NAMES, header.actions());
    if (actions.isEmpty() || !actions.getFirst().equals(SessionLog.CLICKED)) {
      throw wrong("the first action is not " + SessionLog.CLICKED);
    }
    var columns =
        new MappedColumns(
            (int) header.sessions(),
            (int) header.events(),
            0,
            section(LogSection.STARTS),
            section(LogSection.ITEMS),
            header.hasTimes() ? section(LogSection.TIMES) : null,
            header.hasActions() ? section(LogSection.ACTIONS) : null,
            header.hasDwell() ? section(LogSection.DWELLS) : null,
            0,
            section(LogSection.SESSION_ID_ENDS),
            section(LogSection.SESSION_IDS));
    checkEnds(LogSection.SESSION_ID_ENDS, LogSection.SESSION_IDS, header.sessions());
    String problem = LogContentCheck.problem(columns, items.size(), actions.size());
    if (problem != null) {
      throw wrong(problem);
    }
    return new SessionLog(Vocabulary.of(items), actions, columns);
  }

  private List<String> strings(LogSection ends, LogSection bytes, long count) {
    checkEnds(ends, bytes, count);
    MemorySegment ending = section(ends);
    MemorySegment text = section(bytes);
    List<String> strings = new ArrayList<>((int) count);
    long from = 0;
    for (long i = 0; i < count; i++) {
      long to = ending.getAtIndex(MappedColumns.LONG, i);
      byte[] letters = text.asSlice(from, to - from).toArray(ValueLayout.JAVA_BYTE);
      strings.add(new String(letters, StandardCharsets.UTF_8));
      from = to;
    }
    if (new HashSet<>(strings).size() < strings.size()) {
      throw wrong("the %s are not distinct".formatted(bytes.title()));
    }
    return strings;
  }

  private void checkEnds(LogSection ends, LogSection bytes, long count) {
    MemorySegment ending = section(ends);
    long last = 0;
    for (long i = 0; i < count; i++) {
      long end = ending.getAtIndex(MappedColumns.LONG, i);
      if (end < last || end - last > Integer.MAX_VALUE - 8) {
        throw wrong("the %s do not ascend".formatted(ends.title()));
      }
      last = end;
    }
    if (last != section(bytes).byteSize()) {
      throw wrong("the %s do not end with the %s".formatted(ends.title(), bytes.title()));
    }
  }

  private MemorySegment section(LogSection section) {
    LogHeader.Place place = header.place(section);
    return all.asSlice(place.offset(), place.length());
  }

  private DataException wrong(@Nullable String problem) {
    return new DataException("%s: not a valid .segue-log: %s".formatted(name, problem));
  }
}
