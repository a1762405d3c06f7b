package dev.segue.server.web;

import java.util.List;

/// The reply of `GET /v1/items`.
///
/// @param items the best matches, best first
record ItemsReply(List<ItemReply> items) {}
