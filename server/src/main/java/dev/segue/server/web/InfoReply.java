package dev.segue.server.web;

import java.util.List;

/// The reply of `GET /v1/info`: what this server recommends from.
///
/// @param version version of Segue, or `development`
/// @param model one line about the model
/// @param items number of items
/// @param domains the kinds of item, in the order of the catalogue
/// @param maxK largest k of a request
record InfoReply(String version, String model, int items, List<DomainReply> domains, int maxK) {
  /// A kind of item.
  ///
  /// @param name for instance `Movie`
  /// @param items number of its items
  record DomainReply(String name, int items) {}
}
