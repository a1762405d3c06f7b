package dev.segue.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files that are damaged, cut off, of another make, or wrong.
class MappedLogFaultsTest {
  private static final int VERSION = 12;
  private static final int SESSIONS = 24;
  private static final int EVENTS = 32;
  private static final int TABLE = 64;
  private static final int HEADER_SUM = 376;

  @TempDir Path folder;
  private Path file = Path.of("");
  private byte[] whole = {};

  @BeforeEach
  void writeLog() throws IOException {
    SessionLog log =
        SessionLog.builder()
            .add("s", "Movie_Ran", 5, "", 3)
            .add("s", "Книга_Идиот", 6, "Searched", -1)
            .add("t", "Movie_Ran", 7, "", 8)
            .build();
    file = folder.resolve("log.segue-log");
    SessionLogs.write(log, file);
    whole = Files.readAllBytes(file);
  }

  @Test
  void noByteCanChangeUnnoticed() throws IOException {
    for (int at = 8; at < whole.length; at += 3) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 0x10;
      Files.write(file, damaged);

      assertThatThrownBy(() -> SessionLogs.read(file))
          .as("byte %d", at)
          .isInstanceOf(DataException.class)
          .hasMessageStartingWith(file + ": ")
          .hasMessageNotContaining("\n");
    }
  }

  @Test
  void aFileCutOffAnywhereIsRefused() throws IOException {
    for (int length = 8; length < whole.length; length += 13) {
      Files.write(file, Arrays.copyOf(whole, length));

      assertThatThrownBy(() -> SessionLogs.read(file))
          .as("%d bytes", length)
          .isInstanceOf(DataException.class)
          .hasMessageContaining("cut off, expected ");
    }
    Files.write(file, Arrays.copyOf(whole, whole.length - 1));
    assertThatThrownBy(() -> SessionLogs.read(file))
        .hasMessage(
            "%s: cut off, expected %,d bytes, got %,d"
                .formatted(file, whole.length, whole.length - 1));
  }

  @Test
  void anEmptyFileAndOneWithMoreAreRefused() throws IOException {
    Files.write(file, new byte[0]);
    assertThatThrownBy(() -> SessionLogs.read(file))
        .hasMessage(file + ": empty, expected a log of sessions");

    Files.write(file, Arrays.copyOf(whole, whole.length + 64));
    assertThatThrownBy(() -> SessionLogs.read(file))
        .hasMessageContaining("something stands after its end, expected ");
  }

  @Test
  void anotherVersionAndOtherByteOrderAreSaidToBeThat() throws IOException {
    change(bytes -> bytes.putInt(VERSION, 2));
    assertThatThrownBy(() -> SessionLogs.read(file))
        .hasMessage(
            file + ": version 2 of the format, expected 1: it needs another version of Segue");

    change(bytes -> bytes.order(ByteOrder.BIG_ENDIAN).putInt(8, 0x0A0B0C0D).putInt(VERSION, 1));
    assertThatThrownBy(() -> SessionLogs.read(file))
        .hasMessage(
            file + ": numbers are big-endian, expected little-endian: not written by Segue");
  }

  @Test
  void moreEventsThanALogHoldsAreRefused() throws IOException {
    change(bytes -> bytes.putLong(EVENTS, 1L << 31));

    assertThatThrownBy(() -> SessionLogs.read(file))
        .hasMessage(
            file
                + ": too many events, expected at most 2,147,483,647, got 2,147,483,648: split the"
                + " log into parts");
  }

  @Test
  void countsThatDoNotFitTheSectionsAreRefused() throws IOException {
    change(bytes -> bytes.putLong(SESSIONS, 3));

    assertThatThrownBy(() -> SessionLogs.read(file))
        .hasMessage(
            file
                + ": not a valid .segue-log: the section of starts of sessions does not lie where it"
                + " should");
  }

  @Test
  void numbersThatALogCannotHaveAreRefused() throws IOException {
    // What another program may write wrong, its checksums right.
    changeSection(LogSection.STARTS, (bytes, at) -> bytes.putLong(at + 8, 0));
    refusedFor("session 0 has no event");
    changeSection(LogSection.STARTS, (bytes, at) -> bytes.putLong(at + 16, 2));
    refusedFor("the sessions do not hold all events");
    changeSection(LogSection.ITEMS, (bytes, at) -> bytes.putInt(at + 4, 2));
    refusedFor("event 1: item 2, expected 0 to 1");
    changeSection(LogSection.ITEMS, (bytes, at) -> bytes.putInt(at + 4, -1));
    refusedFor("event 1: item -1, expected 0 to 1");
    changeSection(LogSection.ACTIONS, (bytes, at) -> bytes.put(at + 2, (byte) 200));
    refusedFor("event 2: action 200, expected 0 to 1");
    changeSection(LogSection.DWELLS, (bytes, at) -> bytes.putInt(at, -2));
    refusedFor("event 0: dwell -2, expected -1 to 2147483647");
    changeSection(LogSection.TIMES, (bytes, at) -> bytes.putLong(at + 8, 4));
    refusedFor("event 1: earlier than the one before it");
    changeSection(LogSection.TIMES, (bytes, at) -> bytes.putLong(at + 16, 4));
    refusedFor("session 1 starts before the one before it");
    changeSection(LogSection.ITEM_ID_ENDS, (bytes, at) -> bytes.putLong(at, 99));
    refusedFor("the ends of item ids do not ascend");
    changeSection(LogSection.SESSION_ID_ENDS, (bytes, at) -> bytes.putLong(at + 8, 1));
    refusedFor("the ends of session ids do not end with the session ids");
    changeSection(LogSection.ACTION_NAMES, (bytes, at) -> bytes.put(at, (byte) 'c'));
    refusedFor("the first action is not Clicked");
  }

  @Test
  void theUnchangedFileIsRight() {
    assertThatCode(() -> SessionLogs.read(file)).doesNotThrowAnyException();
    assertThat(whole.length % 64).isZero();
  }

  @Test
  void columnNamesForAFileWithoutThemAreRefused() {
    assertThatThrownBy(() -> SessionLogs.read(file, ColumnMapping.parse("item=sku")))
        .isInstanceOf(DataException.class)
        .hasMessage(file + ": a .segue-log has no names of columns, expected no --columns for it");
  }

  private void refusedFor(String problem) {
    assertThatThrownBy(() -> SessionLogs.read(file))
        .isInstanceOf(DataException.class)
        .hasMessage(file + ": not a valid .segue-log: " + problem);
  }

  private void change(Consumer<ByteBuffer> change) throws IOException {
    byte[] changed = whole.clone();
    ByteBuffer bytes = ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN);
    change.accept(bytes);
    bytes.order(ByteOrder.LITTLE_ENDIAN).putLong(HEADER_SUM, sum(bytes, 0, HEADER_SUM));
    Files.write(file, changed);
  }

  @FunctionalInterface
  private interface SectionChange {
    void apply(ByteBuffer bytes, int at);
  }

  private void changeSection(LogSection section, SectionChange change) throws IOException {
    change(bytes -> {
      int entry = TABLE + 24 * List.of(LogSection.values()).indexOf(section);
      int at = (int) bytes.getLong(entry);
      int end = (int) LogHeader.aligned(at + bytes.getLong(entry + 8));
      change.apply(bytes, at);
      bytes.putLong(entry + 16, sum(bytes, at, end));
    });
  }

  private static long sum(ByteBuffer bytes, int from, int to) {
    var sum = new CRC32C();
    sum.update(bytes.duplicate().clear().position(from).limit(to));
    return sum.getValue();
  }
}
