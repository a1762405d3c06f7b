package dev.segue.server.web;

import dev.segue.data.Catalogue;
import dev.segue.data.Item;
import dev.segue.data.Lookup;
import dev.segue.engine.SessionEvent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Turns what a request names, by id or by title, into items of the catalogue.
final class SessionReader {
  private final Catalogue catalogue;

  /// Makes the reader for one catalogue.
  SessionReader(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /// Returns the session's events; an item that nothing fits keeps its text, and the recommender
  /// reports it as unknown.
  ///
  /// @throws ProblemException when a title fits several items
  List<SessionEvent> events(List<ClickedItem> items) {
    List<SessionEvent> events = new ArrayList<>(items.size());
    for (int i = 0; i < items.size(); i++) {
      ClickedItem clicked = items.get(i);
      events.add(clicked.toEvent(idOf("items[" + i + "]", clicked.id())));
    }
    return events;
  }

  /// Returns the ids to leave out. What nothing fits cannot be recommended anyhow.
  ///
  /// @throws ProblemException when a title fits several items
  Set<String> excluded(List<String> idsOrTitles) {
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < idsOrTitles.size(); i++) {
      ids.add(idOf("exclude[" + i + "]", idsOrTitles.get(i)));
    }
    return ids;
  }

  /// Returns the domains, once each of them is known.
  ///
  /// @throws ProblemException when the catalogue does not have one of them
  Set<String> domains(List<String> names) {
    for (int i = 0; i < names.size(); i++) {
      checkDomain("domains[" + i + "]", names.get(i));
    }
    return Set.copyOf(new HashSet<>(names));
  }

  /// Checks that the catalogue has a domain.
  ///
  /// @throws ProblemException when it does not
  void checkDomain(String field, String domain) {
    List<String> known = catalogue.domains();
    if (!known.contains(domain)) {
      throw new ProblemException(
          Problem.of(
                  ProblemKind.UNKNOWN_DOMAIN,
                  field,
                  "expected one of %s, got \"%s\""
                      .formatted(String.join(", ", known), JsonProblems.clipped(domain)))
              .withKnown(known));
    }
  }

  private String idOf(String field, String idOrTitle) {
    if (catalogue.indexOf(idOrTitle) >= 0) {
      return idOrTitle;
    }
    return switch (catalogue.findQuickly(idOrTitle)) {
      case Lookup.Found found -> found.item().id();
      case Lookup.Unknown unknown -> unknown.text();
      case Lookup.Ambiguous ambiguous -> throw ambiguous(field, ambiguous);
    };
  }

  private static ProblemException ambiguous(String field, Lookup.Ambiguous lookup) {
    List<Item> all = lookup.candidates();
    String detail =
        "expected the id of one item, got \"%s\", which %d items have; candidates names them"
            .formatted(JsonProblems.clipped(lookup.text()), all.size());
    return new ProblemException(
        Problem.of(ProblemKind.AMBIGUOUS_ITEM, field, detail)
            .withCandidates(all.stream().limit(Limits.CANDIDATES).map(ItemReply::of).toList()));
  }
}
