package dev.segue.engine.tuning;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.segue.engine.ModelException;
import dev.segue.engine.files.IoReasons;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// All trials of a search in one JSON Lines file: first what the search is, then a [Trial] a line.
/// A line is on the disk before the next trial begins. A last line that was torn by a crash is cut
/// off when the file is opened again; its trial is done anew.
final class TrialLog implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final FileChannel channel;
  private final List<Trial> trials = new ArrayList<>();

  private TrialLog(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /// Opens a log, or begins one.
  ///
  /// @param search what the search is
  /// @throws ModelException when the file belongs to another search, is damaged elsewhere than at
  ///   its end, is in use, or cannot be written
  static TrialLog open(Path file, JsonNode search) {
    try {
      Path parent = file.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      TrialLog log = new TrialLog(file, channel);
      try {
        log.lock();
        log.load(search);
        return log;
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      throw new ModelException("tune: %s: %s".formatted(file, IoReasons.of(e)), e);
    }
  }

  private void lock() throws IOException {
    try {
      if (channel.tryLock() != null) {
        return;
      }
    } catch (OverlappingFileLockException e) {
      // Another search of this process; the message is the same.
    }
    throw new ModelException("tune: %s: another search is writing to it".formatted(file));
  }

  private void load(JsonNode search) throws IOException {
    String text = Files.readString(file);
    int end = text.lastIndexOf('\n') + 1;
    channel.truncate(text.substring(0, end).getBytes(StandardCharsets.UTF_8).length);
    channel.position(channel.size());
    List<String> lines = text.substring(0, end).lines().toList();
    if (lines.isEmpty()) {
      write(search);
      return;
    }
    requireSame(parse(lines.getFirst(), 1), search);
    for (int i = 1; i < lines.size(); i++) {
      try {
        trials.add(Trial.fromJson(parse(lines.get(i), i + 1)));
      } catch (IllegalArgumentException e) {
        throw damaged(i + 1, String.valueOf(e.getMessage()));
      }
    }
  }

  private JsonNode parse(String line, int number) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw damaged(number, "not JSON");
    }
  }

  private ModelException damaged(int line, String reason) {
    return new ModelException("tune: %s:%d: %s".formatted(file, line, reason));
  }

  private void requireSame(JsonNode saved, JsonNode search) {
    for (Map.Entry<String, JsonNode> entry : search.properties()) {
      JsonNode before = saved.path(entry.getKey());
      if (!before.toString().equals(entry.getValue().toString())) {
        throw new ModelException(
            "tune: %s belongs to another search: %s was %s, now it is %s; choose another file"
                .formatted(file, entry.getKey(), shortened(before), shortened(entry.getValue())));
      }
    }
  }

  private static String shortened(JsonNode node) {
    String text = node.isMissingNode() ? "not there" : node.toString();
    return text.length() <= 60 ? text : text.substring(0, 60) + "…";
  }

  /// Returns the trials so far, in order of time.
  List<Trial> trials() {
    return List.copyOf(trials);
  }

  /// Adds a trial.
  void add(Trial trial) {
    try {
      write(trial.toJson());
    } catch (IOException e) {
      throw new ModelException("tune: %s: %s".formatted(file, IoReasons.of(e)), e);
    }
    trials.add(trial);
  }

  private void write(JsonNode line) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    channel.force(false);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new ModelException("tune: %s: %s".formatted(file, IoReasons.of(e)), e);
    }
  }
}
