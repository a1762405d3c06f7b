package dev.segue.data;

/// A log cut by time: no session in two parts, training before validation before test.
///
/// @param train the earliest sessions
/// @param validation sessions that choose settings and stop training; may be empty
/// @param test sessions that only measure; may be empty
public record Split(SessionLog train, SessionLog validation, SessionLog test) {}
