package dev.segue.engine;

import dev.segue.data.Catalogue;
import dev.segue.data.SessionLog;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What to train on and where to.
///
/// @param sessions all sessions; the last share by time becomes validation, see [Settings]
/// @param catalogue the items' titles and domains, or null when only ids are known
/// @param settings of the model and the training
/// @param output the model directory to write
/// @param resume whether to continue from the checkpoint beside `output`
/// @param continued the model directory to go on from, or null to begin with random weights
/// @param provenance entries for `config.json`, such as the digests of the input files
public record TrainingRequest(
    SessionLog sessions,
    @Nullable Catalogue catalogue,
    Settings settings,
    Path output,
    boolean resume,
    @Nullable Path continued,
    Map<String, String> provenance) {

  /// Makes a request that begins with random weights.
  public TrainingRequest(
      SessionLog sessions,
      @Nullable Catalogue catalogue,
      Settings settings,
      Path output,
      boolean resume,
      Map<String, String> provenance) {
    this(sessions, catalogue, settings, output, resume, null, provenance);
  }
}
