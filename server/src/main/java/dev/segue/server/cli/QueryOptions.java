package dev.segue.server.cli;

import dev.segue.data.Catalogue;
import dev.segue.engine.RecommendationQuery;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;

/// The options that say which items are wanted.
final class QueryOptions {
  @Option(
      names = "-k",
      paramLabel = "N",
      defaultValue = "5",
      description = "How many items. Default: ${DEFAULT-VALUE}.")
  private int k;

  @Option(
      names = "--domain",
      paramLabel = "NAME",
      description = "Only items of this domain, such as Movie; may be repeated.")
  private List<String> domains = new ArrayList<>();

  @Option(
      names = "--exclude",
      paramLabel = "ITEM",
      description = "Leave out this item, by id or title; may be repeated.")
  private List<String> excluded = new ArrayList<>();

  @Option(
      names = "--include-seen",
      description = "Also recommend items that are in the session already.")
  private boolean includeSeen;

  @Option(
      names = "--diversity",
      paramLabel = "D",
      defaultValue = "0",
      description =
          "How much items that are alike are held apart, 0 to 1. Default: ${DEFAULT-VALUE}, not at"
              + " all.")
  private double diversity;

  /// Returns the query; names are checked against the items.
  RecommendationQuery read(Catalogue items) {
    Set<String> wanted = new HashSet<>();
    for (String domain : domains) {
      wanted.add(DomainArgument.resolve(items, domain));
    }
    Set<String> unwanted = new HashSet<>();
    for (String item : excluded) {
      unwanted.add(ItemArgument.resolve(items, item));
    }
    if (!(diversity >= 0 && diversity <= 1)) {
      throw new UserMistake("--diversity: expected 0 to 1, got " + diversity);
    }
    if (k < 1) {
      throw new UserMistake("-k: expected at least 1, got " + k);
    }
    return new RecommendationQuery(k, wanted, unwanted, !includeSeen, diversity);
  }
}
