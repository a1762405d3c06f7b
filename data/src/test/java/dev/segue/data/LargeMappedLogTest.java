package dev.segue.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A log with a column of more than 2³¹ bytes. The file is written here by hand, after the table in
/// `data/README.md`, and sparse: the blocks of zeros in it take no room on a disk.
class LargeMappedLogTest {
  private static final long EVENTS = 280_000_000L;
  private static final long HEADER = 384;
  private static final int CHUNK = 1 << 20;

  @TempDir Path folder;
  private final ByteBuffer header = ByteBuffer.allocate(384).order(ByteOrder.LITTLE_ENDIAN);
  private long position = HEADER;

  @Test
  void eventsBehindTheFirstTwoGigabytesAreFound() throws IOException {
    Path file = folder.resolve("large.segue-log");
    try (FileChannel out =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      write(out);
    }

    SessionLog log = SessionLogs.read(file);

    assertThat(log.eventCount()).isEqualTo((int) EVENTS);
    assertThat(log.columns().sizeInBytes()).isGreaterThan(3L << 30);
    int last = log.eventCount() - 1;
    assertThat(log.timeMillis(last)).isEqualTo(77);
    assertThat(log.timeMillis(last - 1)).isZero();
    assertThat(log.item(last)).isEqualTo(1);
    assertThat(log.item(last - 1)).isZero();
    SessionLog second = log.slice(1, 2);
    assertThat(SessionLogTest.describe(second)).containsExactly("b: y@77 Clicked -1");
  }

  /// Two sessions: all events but the last are item x at time 0, the last is y at time 77.
  private void write(FileChannel out) throws IOException {
    header.put("SEGUELOG".getBytes(StandardCharsets.US_ASCII)).putInt(0x0A0B0C0D).putInt(1);
    header.putLong(0).putLong(2).putLong(EVENTS).putLong(2).putLong(1).putLong(1);
    section(out, 0, longs(0, EVENTS - 1, EVENTS));
    section(out, (EVENTS - 1) * Integer.BYTES, ints(1));
    section(out, (EVENTS - 1) * Long.BYTES, longs(77));
    section(out, 0, new byte[0]);
    section(out, 0, new byte[0]);
    section(out, 0, longs(1, 2));
    section(out, 0, "ab".getBytes(StandardCharsets.UTF_8));
    section(out, 0, longs(1, 2));
    section(out, 0, "xy".getBytes(StandardCharsets.UTF_8));
    section(out, 0, longs(7));
    section(out, 0, "Clicked".getBytes(StandardCharsets.UTF_8));
    out.write(ByteBuffer.allocate(1), position - 1);
    header.putLong(16, position);
    var sum = new CRC32C();
    sum.update(header.array(), 0, 376);
    header.putLong(376, sum.getValue());
    out.write(header.clear(), 0);
  }

  /// Writes the end of a section that begins with zeros, and its line of the table.
  private void section(FileChannel out, long zeros, byte[] end) throws IOException {
    long length = zeros + end.length;
    long aligned = (length + 63) / 64 * 64;
    var sum = new CRC32C();
    byte[] empty = new byte[CHUNK];
    for (long done = 0; done < zeros; done += CHUNK) {
      sum.update(empty, 0, (int) Math.min(CHUNK, zeros - done));
    }
    sum.update(end);
    sum.update(empty, 0, (int) (aligned - length));
    out.write(ByteBuffer.wrap(end), position + zeros);
    header.putLong(position).putLong(length).putLong(sum.getValue());
    position += aligned;
  }

  private static byte[] longs(long... values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * 8).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asLongBuffer().put(values);
    return bytes.array();
  }

  private static byte[] ints(int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asIntBuffer().put(values);
    return bytes.array();
  }
}
