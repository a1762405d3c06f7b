package dev.segue.server.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An error as clients see it, `application/problem+json` of RFC 9457.
///
/// @param type name of the kind, for programs
/// @param title what the kind means, for people
/// @param status the HTTP status
/// @param detail what is wrong this time: `field: expected X, got Y`
/// @param field path of the field or parameter that is wrong, for instance `items[2].dwellMillis`
/// @param candidates the items that an ambiguous title may mean, or similar ones to an unknown item
/// @param known the values that would have been right
@JsonInclude(JsonInclude.Include.NON_NULL)
record Problem(
    String type,
    String title,
    int status,
    String detail,
    @Nullable String field,
    @Nullable List<ItemReply> candidates,
    @Nullable List<String> known) {

  /// The media type of a problem.
  static final String MEDIA_TYPE = "application/problem+json";

  /// Makes a problem that no single field causes.
  static Problem of(ProblemKind kind, String detail) {
    return new Problem(kind.type(), kind.title(), kind.status(), detail, null, null, null);
  }

  /// Makes a problem with one field.
  static Problem of(ProblemKind kind, String field, String detail) {
    return of(kind, field + ": " + detail).withField(field);
  }

  /// Returns this problem with the items that may have been meant.
  Problem withCandidates(List<ItemReply> items) {
    return new Problem(type, title, status, detail, field, items, known);
  }

  /// Returns this problem with the values that would have been right.
  Problem withKnown(List<String> values) {
    return new Problem(type, title, status, detail, field, candidates, values);
  }

  private Problem withField(String name) {
    return new Problem(type, title, status, detail, name, candidates, known);
  }
}
