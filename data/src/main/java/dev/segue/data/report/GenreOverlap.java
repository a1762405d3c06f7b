package dev.segue.data.report;

import dev.segue.data.Item;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// How far domains share genres, compared without regard to case.
///
/// @param domains the domains, for both axes
/// @param itemShare `itemShare[a][b]` is the share of the items of domain a that have a genre which
///   domain b uses too, 0 to 1; a domain with itself is 1
/// @param shared the genres that every domain uses, in lower case and order of the alphabet
public record GenreOverlap(List<String> domains, double[][] itemShare, List<String> shared) {
  /// Copies the list of domains and that of genres.
  public GenreOverlap {
    domains = List.copyOf(domains);
    shared = List.copyOf(shared);
  }

  static GenreOverlap of(Map<String, List<Item>> byDomain) {
    List<String> domains = List.copyOf(byDomain.keySet());
    List<Set<String>> genres = new ArrayList<>();
    byDomain.values().forEach(items -> genres.add(genres(items)));
    double[][] share = new double[domains.size()][domains.size()];
    for (int a = 0; a < share.length; a++) {
      List<Item> items = byDomain.getOrDefault(domains.get(a), List.of());
      for (int b = 0; b < share.length; b++) {
        share[a][b] = a == b ? 1 : share(items, genres.get(b));
      }
    }
    Set<String> everywhere = genres.isEmpty() ? Set.of() : new TreeSet<>(genres.getFirst());
    genres.forEach(everywhere::retainAll);
    return new GenreOverlap(domains, share, List.copyOf(everywhere));
  }

  private static double share(List<Item> items, Set<String> others) {
    long count =
        items.stream()
            .filter(
                item -> item.genres().stream().map(GenreOverlap::fold).anyMatch(others::contains))
            .count();
    return (double) count / items.size();
  }

  private static Set<String> genres(List<Item> items) {
    Set<String> genres = new HashSet<>();
    items.forEach(item -> item.genres().forEach(genre -> genres.add(fold(genre))));
    // What stands for a missing genre is none.
    genres.remove("unknown");
    return genres;
  }

  private static String fold(String genre) {
    return genre.toLowerCase(Locale.ROOT);
  }
}
