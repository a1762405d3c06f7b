package dev.segue.engine.onnx;

import dev.segue.engine.network.ParameterSet;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/// An ONNX file of a network. A message of Protocol Buffers ends at 2 GiB; weights that would pass
/// that go into a second file beside it, named as the first with `.data` behind.
public final class OnnxModel {
  private static final int FORMAT_VERSION = 8;
  static final long MESSAGE_LIMIT = Integer.MAX_VALUE;

  /// Memory-mapping runtimes want tensors to begin on a page.
  private static final long ALIGNMENT = 4096;

  /// Runtimes want to see axes and counts while they load the graph.
  private static final long INLINE_BYTES = 1024;

  private final OnnxGraph graph;
  private final String version;
  private final long limit;

  /// Makes the model of a network.
  ///
  /// @param top how many best items the model gives beside the scores, 0 for none
  /// @param version of Segue
  public OnnxModel(ParameterSet parameters, int top, String version) {
    this(checked(parameters, top).graph(), version, MESSAGE_LIMIT);
  }

  /// Makes the model of a graph, split above another limit.
  OnnxModel(OnnxGraph graph, String version, long limit) {
    this.graph = graph;
    this.version = version;
    this.limit = limit;
  }

  private static NetworkGraph checked(ParameterSet parameters, int top) {
    if (top < 0 || top > parameters.shape().items()) {
      throw new IllegalArgumentException(
          "export: top, expected 0 to %d items, got %d".formatted(parameters.shape().items(), top));
    }
    return new NetworkGraph(parameters, top);
  }

  /// Writes the file, and a second one for the weights where one does not hold them; each is
  /// written under another name first. Returns the files.
  public List<Path> write(Path file) throws IOException {
    Path target = file.toAbsolutePath();
    Path dataTarget = target.resolveSibling(target.getFileName() + ".data");
    Path parent = target.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    ProtoMessage inline = message(graph.tensors().stream().map(OnnxTensor::inline).toList());
    if (inline.length() <= limit) {
      replace(target, inline::writeTo);
      return List.of(file);
    }
    List<ProtoMessage> described = new ArrayList<>();
    List<Moved> moved = new ArrayList<>();
    long offset = 0;
    for (OnnxTensor tensor : graph.tensors()) {
      if (tensor.values().length() <= INLINE_BYTES) {
        described.add(tensor.inline());
      } else {
        moved.add(new Moved(tensor, offset));
        described.add(tensor.external(dataTarget.getFileName().toString(), offset));
        offset = Math.ceilDiv(offset + tensor.values().length(), ALIGNMENT) * ALIGNMENT;
      }
    }
    replace(dataTarget, channel -> writeData(channel, moved));
    replace(target, message(described)::writeTo);
    return List.of(file, file.resolveSibling(dataTarget.getFileName()));
  }

  /// A tensor in the second file.
  private record Moved(OnnxTensor tensor, long offset) {}

  private static void writeData(FileChannel channel, List<Moved> moved) throws IOException {
    for (Moved one : moved) {
      channel.position(one.offset());
      one.tensor().values().writeTo(channel);
    }
  }

  private ProtoMessage message(List<ProtoMessage> tensors) {
    return new ProtoMessage()
        .number(1, FORMAT_VERSION)
        .text(2, "segue")
        .text(3, version)
        .message(7, graph.message(tensors))
        .message(8, new ProtoMessage().text(1, "").number(2, OnnxGraph.OPERATOR_SET))
        .message(14, OnnxTensor.entry("items", "item n is line n, from 0, of items.jsonl"));
  }

  /// Writes the content of a file.
  private interface Content {
    void writeTo(FileChannel channel) throws IOException;
  }

  private static void replace(Path target, Content content) throws IOException {
    Path fresh =
        target.resolveSibling(
            ".%s.%d.tmp".formatted(target.getFileName(), ProcessHandle.current().pid()));
    try {
      try (FileChannel channel =
          FileChannel.open(fresh, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        content.writeTo(channel);
        channel.force(true);
      }
      Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }
}
