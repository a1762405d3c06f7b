package dev.segue.engine;

import dev.segue.data.SessionLog;
import java.nio.file.Path;

/// What to blend and where to.
///
/// @param model directory of a GRU
/// @param sessions the log that it was trained on: its validation part chooses the weight, and all
///   of it becomes the index
/// @param neighbours the model beside the GRU
/// @param output the model directory to write
public record BlendRequest(
    Path model, SessionLog sessions, NeighbourSettings neighbours, Path output) {}
