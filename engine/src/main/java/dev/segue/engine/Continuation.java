package dev.segue.engine;

/// What a run that went on from a trained model took over and added.
///
/// @param model SHA-256 of the `MANIFEST` of the model that it went on from
/// @param knownItems items whose weights were taken over
/// @param newItems items of the new training sessions that the model had no weights of
/// @param fromContent how many of the new items start at the mean of the known ones that are most
///   similar in content; the others start at random
public record Continuation(String model, int knownItems, int newItems, int fromContent) {}
