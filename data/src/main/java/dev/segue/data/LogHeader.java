package dev.segue.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.zip.CRC32C;

/// The first [#BYTES] bytes of a `.segue-log` file; `data/README.md` has their table.
///
/// @param fileBytes length of the file
/// @param sessions number of sessions
/// @param events number of events
/// @param items size of the vocabulary
/// @param actions number of names of actions
/// @param flags sum of [#TIMES], [#ACTIONS], [#DWELL]
/// @param sections where each section lies
record LogHeader(
    long fileBytes,
    long sessions,
    long events,
    long items,
    long actions,
    long flags,
    Map<LogSection, Place> sections) {
  /// Bytes of the header, the first section comes after them.
  static final int BYTES = 384;

  /// Every section starts at a multiple of this, a line of the processor's cache.
  static final int ALIGNMENT = 64;

  static final long TIMES = 1;
  static final long ACTIONS = 2;
  static final long DWELL = 4;

  private static final byte[] MAGIC = "SEGUELOG".getBytes(StandardCharsets.US_ASCII);
  private static final int BYTE_ORDER_MARK = 0x0A0B0C0D;
  private static final int VERSION = 1;
  private static final int SUMMED_BYTES = BYTES - Long.BYTES;

  /// Where a section lies.
  ///
  /// @param offset its first byte
  /// @param length its bytes
  /// @param sum CRC-32C of it and of the zeros between it and the next one
  record Place(long offset, long length, long sum) {
    /// Returns the first byte of what comes after it.
    long next() {
      return aligned(offset + length);
    }
  }

  LogHeader {
    sections = new EnumMap<>(sections);
  }

  /// Returns where a section lies.
  Place place(LogSection section) {
    return Objects.requireNonNull(sections.get(section));
  }

  /// Returns whether a file that begins so is a `.segue-log`.
  static boolean isMagic(byte[] start) {
    return start.length >= MAGIC.length
        && Arrays.equals(start, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
  }

  boolean hasTimes() {
    return (flags & TIMES) != 0;
  }

  boolean hasActions() {
    return (flags & ACTIONS) != 0;
  }

  boolean hasDwell() {
    return (flags & DWELL) != 0;
  }

  ByteBuffer encode() {
    ByteBuffer bytes = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(MAGIC).putInt(BYTE_ORDER_MARK).putInt(VERSION).putLong(fileBytes);
    bytes.putLong(sessions).putLong(events).putLong(items).putLong(actions).putLong(flags);
    for (LogSection section : LogSection.values()) {
      Place place = place(section);
      bytes.putLong(place.offset).putLong(place.length).putLong(place.sum);
    }
    bytes.putLong(SUMMED_BYTES, sum(bytes));
    return bytes.clear();
  }

  /// Reads a header.
  ///
  /// @param bytes at least [#BYTES] of the file
  /// @param name the file, for messages
  static LogHeader decode(ByteBuffer bytes, String name) {
    bytes.order(ByteOrder.LITTLE_ENDIAN).position(MAGIC.length);
    int mark = bytes.getInt();
    int version = bytes.getInt();
    if (mark == Integer.reverseBytes(BYTE_ORDER_MARK)) {
      throw new DataException(
          name + ": numbers are big-endian, expected little-endian: not written by Segue");
    }
    if (mark == BYTE_ORDER_MARK && version != VERSION) {
      throw new DataException(
          "%s: version %d of the format, expected %d: it needs another version of Segue"
              .formatted(name, version, VERSION));
    }
    if (mark != BYTE_ORDER_MARK || bytes.getLong(SUMMED_BYTES) != sum(bytes)) {
      throw new DataException(name + ": damaged: the checksum of the header differs; make it anew");
    }
    long fileBytes = bytes.getLong();
    long[] counts = new long[5];
    Arrays.setAll(counts, i -> bytes.getLong());
    Map<LogSection, Place> sections = new EnumMap<>(LogSection.class);
    for (LogSection section : LogSection.values()) {
      sections.put(section, new Place(bytes.getLong(), bytes.getLong(), bytes.getLong()));
    }
    return new LogHeader(
        fileBytes, counts[0], counts[1], counts[2], counts[3], counts[4], sections);
  }

  private static long sum(ByteBuffer bytes) {
    var sum = new CRC32C();
    sum.update(bytes.duplicate().clear().limit(SUMMED_BYTES));
    return sum.getValue();
  }

  /// Returns the first multiple of the alignment that is not before a position.
  static long aligned(long position) {
    return (position + ALIGNMENT - 1) & -ALIGNMENT;
  }
}
