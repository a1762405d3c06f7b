package dev.segue.engine;

import dev.segue.engine.files.SafetensorsReader;
import dev.segue.engine.files.SafetensorsWriter;
import dev.segue.engine.files.TensorData;
import dev.segue.engine.neighbours.SessionIndex;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A session index in a safetensors file, the columns as they lie in memory.
final class NeighbourFiles {
  private static final String BOUND = "index.bound";
  private static final String LIST_OFFSETS = "index.list_offsets";
  private static final String LISTS = "index.lists";
  private static final String SESSION_OFFSETS = "index.session_offsets";
  private static final String SESSION_ITEMS = "index.session_items";
  private static final String AGES = "index.ages";
  private static final String SUPPORT = "index.support";
  private static final String RECENT = "index.recent";
  private static final String SESSIONS = "index.sessions";
  private static final String REPEAT_OFFSETS = "index.repeat_offsets";
  private static final String REPEAT_EVENTS = "index.repeat_events";

  private NeighbourFiles() {}

  /// Writes an index.
  ///
  /// @param more tensors to put behind its columns
  static void write(Path file, SessionIndex index, List<TensorData> more) throws IOException {
    SessionIndex.Columns columns = index.columns();
    List<TensorData> tensors = new ArrayList<>();
    tensors.add(new TensorData.Ints(BOUND, new int[] {index.bound()}));
    tensors.add(new TensorData.Ints(SESSIONS, columns.sessions()));
    tensors.add(new TensorData.Ints(SUPPORT, columns.support()));
    tensors.add(new TensorData.Ints(RECENT, columns.recent()));
    tensors.add(new TensorData.Ints(LIST_OFFSETS, columns.listOffsets()));
    tensors.add(new TensorData.Ints(LISTS, columns.lists()));
    tensors.add(new TensorData.Ints(SESSION_OFFSETS, columns.sessionOffsets()));
    tensors.add(new TensorData.Ints(SESSION_ITEMS, columns.sessionItems()));
    tensors.add(new TensorData.Ints(AGES, columns.ages()));
    tensors.add(new TensorData.Ints(REPEAT_OFFSETS, index.repeats().offsets()));
    tensors.add(new TensorData.Ints(REPEAT_EVENTS, index.repeats().events()));
    tensors.addAll(more);
    SafetensorsWriter.write(file, tensors, Map.of("format", "pt"));
  }

  /// Reads an index of V items and checks that its columns fit each other.
  static SessionIndex read(Path file, int vocabularySize) throws IOException {
    try (SafetensorsReader reader = SafetensorsReader.open(file)) {
      int[] bound = reader.readInts(BOUND);
      SessionIndex.Columns columns =
          new SessionIndex.Columns(
              reader.readInts(LIST_OFFSETS),
              reader.readInts(LISTS),
              reader.readInts(SESSION_OFFSETS),
              reader.readInts(SESSION_ITEMS),
              reader.readInts(AGES),
              reader.readInts(SUPPORT),
              reader.readInts(RECENT),
              reader.readInts(SESSIONS));
      if (bound.length != 1 || columns.support().length != vocabularySize) {
        throw new IOException(
            "index does not fit config.json, expected one bound and %d items, got %d and %d"
                .formatted(vocabularySize, bound.length, columns.support().length));
      }
      return new SessionIndex(bound[0], columns, repeats(reader, columns));
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /// Files of earlier versions know no repeats.
  private static SessionIndex.Repeats repeats(
      SafetensorsReader reader, SessionIndex.Columns columns) throws IOException {
    return reader.entries().containsKey(REPEAT_OFFSETS)
        ? new SessionIndex.Repeats(reader.readInts(REPEAT_OFFSETS), reader.readInts(REPEAT_EVENTS))
        : SessionIndex.Repeats.none(columns.ages().length);
  }
}
