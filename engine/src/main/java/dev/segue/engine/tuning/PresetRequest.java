package dev.segue.engine.tuning;

import dev.segue.data.Catalogue;
import dev.segue.data.SessionLog;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What to train by a preset and where to.
///
/// @param sessions all sessions
/// @param catalogue the items' titles and domains, or null when only ids are known
/// @param preset what to train
/// @param output the model directory to write; `<output>.work` holds what is trained on the way
/// @param resume whether to go on with what an interrupted call has trained on the way
/// @param provenance entries for `config.json`
public record PresetRequest(
    SessionLog sessions,
    @Nullable Catalogue catalogue,
    Preset preset,
    Path output,
    boolean resume,
    Map<String, String> provenance) {}
