package dev.segue.engine;

import dev.segue.data.Catalogue;
import dev.segue.data.SessionLog;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What to build a neighbourhood model from and where to.
///
/// @param sessions all sessions; none is kept for validation, since nothing is fitted
/// @param catalogue the items' titles and domains, or null when only ids are known
/// @param settings the model and its weights
/// @param output the model directory to write
/// @param provenance entries for `config.json`, such as the digests of the input files
public record NeighbourRequest(
    SessionLog sessions,
    @Nullable Catalogue catalogue,
    NeighbourSettings settings,
    Path output,
    Map<String, String> provenance) {}
