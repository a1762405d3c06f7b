package dev.segue.kernels.cuda;

import java.util.LinkedHashMap;
import java.util.Map;

/// Graphs of command buffers that came more than once. A buffer that comes for the second time is
/// captured; from then on one call starts all its commands. The latest used are kept.
final class GraphCache {
  private static final int GRAPHS = 64;

  /// Buffers seen once, whose keys are all that is kept of them.
  private static final int SEEN = 256;

  /// Fewer commands are started as quickly without a graph.
  private static final int FEWEST_COMMANDS = 4;

  /// Makes and ends graphs.
  interface Graphs {
    /// Records the commands and makes them ready to run.
    long capture(CommandBuffer commands);

    /// Runs.
    void launch(long executable);

    /// Ends.
    void destroy(long executable);
  }

  private final Graphs graphs;
  private final Map<CommandBuffer.Key, Boolean> seen = new LinkedHashMap<>();
  private final LinkedHashMap<CommandBuffer.Key, Long> ready = new LinkedHashMap<>(16, 0.75f, true);
  private long replays;

  GraphCache(Graphs graphs) {
    this.graphs = graphs;
  }

  /// Runs a buffer as a graph if it came before; returns whether it did.
  boolean run(CommandBuffer commands) {
    if (commands.commands() < FEWEST_COMMANDS) {
      return false;
    }
    CommandBuffer.Key key = commands.key();
    Long executable = ready.get(key);
    if (executable == null) {
      if (seen.remove(key) == null) {
        remember(key);
        return false;
      }
      executable = graphs.capture(commands);
      ready.put(key, executable);
      if (ready.size() > GRAPHS) {
        graphs.destroy(ready.pollFirstEntry().getValue());
      }
    } else {
      replays++;
    }
    graphs.launch(executable);
    return true;
  }

  private void remember(CommandBuffer.Key key) {
    seen.put(key, true);
    if (seen.size() > SEEN) {
      seen.remove(seen.keySet().iterator().next());
    }
  }

  /// Returns how often a graph was run again.
  long replays() {
    return replays;
  }

  /// Ends all graphs: memory that they name is given back.
  void clear() {
    ready.values().forEach(graphs::destroy);
    ready.clear();
    seen.clear();
  }
}
