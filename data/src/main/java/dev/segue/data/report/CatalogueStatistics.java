package dev.segue.data.report;

import dev.segue.data.Catalogue;
import dev.segue.data.CleaningReport;
import dev.segue.data.Item;
import dev.segue.data.SourceCleaning;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a catalogue holds.
///
/// @param items how many items
/// @param domains one entry for each domain, in order of first appearance
/// @param genreOverlap how far domains share genres
public record CatalogueStatistics(
    int items, List<DomainStatistics> domains, GenreOverlap genreOverlap) {
  /// Copies the list.
  public CatalogueStatistics {
    domains = List.copyOf(domains);
  }

  /// Computes the statistics of a catalogue.
  ///
  /// @param catalogue the items
  /// @param cleaning what cleaning did to them, or null where that is not known; counts of missing
  ///   values then follow from the words that cleaning puts in their place
  public static CatalogueStatistics of(Catalogue catalogue, @Nullable CleaningReport cleaning) {
    Map<String, List<Item>> byDomain = new LinkedHashMap<>();
    for (Item item : catalogue.items()) {
      byDomain.computeIfAbsent(item.domain(), domain -> new ArrayList<>()).add(item);
    }
    List<DomainStatistics> domains = new ArrayList<>();
    byDomain.forEach((domain, items) ->
        domains.add(new DomainCounter(domain, items).count(source(cleaning, domain))));
    return new CatalogueStatistics(catalogue.size(), domains, GenreOverlap.of(byDomain));
  }

  private static @Nullable SourceCleaning source(@Nullable CleaningReport cleaning, String domain) {
    return cleaning == null
        ? null
        : cleaning.sources().stream()
            .filter(source -> source.domain().equals(domain))
            .findFirst()
            .orElse(null);
  }
}
