package dev.segue.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Raw events, parted by a hash of their session or user, so that all of one lie in one part and a
/// part fits into the heap whatever the size of the file. A part is a buffer; a full one goes to
/// the end of one temporary file. A log that fits into the buffers never touches the disk.
///
/// A record: rows since the record before it, length of the key, key, item (variable length each),
/// action (1 byte), time (8 bytes) and dwell (4 bytes) where the log has them. No record lies in
/// two chunks.
final class EventSpill implements EventSink, AutoCloseable {
  /// Most bytes of a record without its key.
  private static final int RECORD_BYTES = 10 + 5 + 5 + Byte.BYTES + Long.BYTES + Integer.BYTES;

  private static final int FIRST_BYTES = 1 << 9;

  private final Map<String, String> newActions;
  private final Path folder;
  private final Layout layout;
  private final Part[] parts;
  private final PackedStrings.Numbering items = new PackedStrings.Numbering();
  private final ActionCodes actions = new ActionCodes();
  private boolean hasTimes;
  private boolean hasDwell;
  private @Nullable TemporaryFile file;
  private long fileBytes;
  private String lastKey = "";
  private byte[] lastKeyBytes = {};
  private int events;
  private long leftOut;

  /// How events are parted.
  ///
  /// @param parts how many parts
  /// @param chunkBytes how large a buffer becomes before it goes to the disk
  record Layout(int parts, int chunkBytes) {
    /// Returns 256 parts whose buffers take a thirty-second of the heap.
    static Layout usual() {
      int parts = 256;
      long share = Runtime.getRuntime().maxMemory() / 32 / parts;
      return new Layout(parts, Math.clamp(share, 1 << 12, 1 << 18));
    }
  }

  private static final class Part {
    private ByteBuffer buffer = ByteBuffer.allocate(0);
    private final List<Chunk> chunks = new ArrayList<>();
    private long lastRow = -1;
    private int events;
  }

  /// Bytes of a part that lie in the file.
  private record Chunk(long offset, int length) {}

  EventSpill(Map<String, String> newActions, Path folder, Layout layout) {
    this.newActions = newActions;
    this.folder = folder;
    this.layout = layout;
    parts = new Part[layout.parts];
    Arrays.setAll(parts, i -> new Part());
  }

  /// Says what the events have; called before the first.
  void begin(boolean withTimes, boolean withDwell) {
    hasTimes = withTimes;
    hasDwell = withDwell;
  }

  @Override
  public void add(String key, String item, long timeMillis, String action, int dwellMillis) {
    String named = newActions.getOrDefault(action, action);
    if (named.isEmpty() && !action.isEmpty()) {
      leftOut++;
      return;
    }
    if (events == Integer.MAX_VALUE) {
      throw new DataException(
          "import: more than %,d events, which is all that a log holds: import the file in parts"
              .formatted(events));
    }
    if (events == 0 || !key.equals(lastKey)) {
      lastKey = key;
      lastKeyBytes = key.getBytes(StandardCharsets.UTF_8);
    }
    Part part = parts[part(lastKeyBytes)];
    ByteBuffer out = room(part, RECORD_BYTES + lastKeyBytes.length);
    putVariable(out, events - part.lastRow - 1);
    putVariable(out, lastKeyBytes.length);
    out.put(lastKeyBytes);
    putVariable(out, items.number(item));
    out.put(actions.code(named));
    if (hasTimes) {
      out.putLong(timeMillis);
    }
    if (hasDwell) {
      out.putInt(dwellMillis);
    }
    part.lastRow = events;
    part.events++;
    events++;
  }

  private int part(byte[] key) {
    // Not the bits by which a part's table of keys goes: they would all be the same in it.
    int mixed = PackedStrings.Numbering.hash(key, 0, key.length) * 0xC2B2AE35;
    return (int) ((Integer.toUnsignedLong(mixed) * layout.parts) >>> Integer.SIZE);
  }

  /// Returns the buffer of a part, with room for so many bytes.
  private ByteBuffer room(Part part, int bytes) {
    if (part.buffer.remaining() < bytes && part.buffer.capacity() >= layout.chunkBytes) {
      flush(part);
    }
    if (part.buffer.remaining() < bytes) {
      int needed = part.buffer.position() + bytes;
      int larger = Math.max(Math.max(FIRST_BYTES, needed), part.buffer.capacity() * 2);
      ByteBuffer grown = ByteBuffer.allocate(larger).order(ByteOrder.LITTLE_ENDIAN);
      part.buffer = grown.put(part.buffer.flip());
    }
    return part.buffer;
  }

  private void flush(Part part) {
    if (file == null) {
      file = new TemporaryFile(folder);
    }
    part.buffer.flip();
    part.chunks.add(new Chunk(fileBytes, part.buffer.limit()));
    fileBytes += part.buffer.limit();
    try {
      FileChannel channel = file.channel();
      while (part.buffer.hasRemaining()) {
        channel.write(part.buffer);
      }
    } catch (IOException e) {
      throw WholeFile.failure(folder, e);
    }
    part.buffer.clear();
  }

  /// Returns the events of a part, in the order of the file. The part is spent afterwards.
  EventPart read(int number) {
    Part part = parts[number];
    var read = new EventPart(part.events, hasTimes, hasDwell);
    for (Chunk chunk : part.chunks) {
      read.add(bytes(chunk));
    }
    read.add(part.buffer.flip());
    part.buffer = ByteBuffer.allocate(0);
    return read;
  }

  private ByteBuffer bytes(Chunk chunk) {
    ByteBuffer bytes = ByteBuffer.allocate(chunk.length).order(ByteOrder.LITTLE_ENDIAN);
    try {
      while (file != null && bytes.hasRemaining()) {
        if (file.channel().read(bytes, chunk.offset + bytes.position()) < 0) {
          throw new IOException("the temporary file has become shorter");
        }
      }
    } catch (IOException e) {
      throw TextInput.failure(folder, e);
    }
    return bytes.flip();
  }

  boolean isEmpty(int part) {
    return parts[part].events == 0;
  }

  int partCount() {
    return parts.length;
  }

  int eventCount() {
    return events;
  }

  /// Returns the number of events left out for their action.
  long leftOut() {
    return leftOut;
  }

  boolean hasDwell() {
    return hasDwell;
  }

  Vocabulary items() {
    return Vocabulary.of(items.pack().toList());
  }

  List<String> actions() {
    return actions.names();
  }

  @Override
  public void close() {
    if (file != null) {
      file.close();
    }
  }

  /// Writes seven bits a byte, the lowest first; the last byte has its highest bit clear.
  private static void putVariable(ByteBuffer out, long number) {
    long rest = number;
    while (rest > 0x7F) {
      out.put((byte) (rest | 0x80));
      rest >>>= 7;
    }
    out.put((byte) rest);
  }
}
