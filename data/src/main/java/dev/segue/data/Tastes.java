package dev.segue.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The tastes of simulated people. A taste is one shelf in each domain: the items of one genre,
/// side by side as in a shop, by creator and then by title. Shelves of one genre name belong to one
/// taste; a domain that lacks the genre gets one of its own drawn by the seed, so that a taste says
/// the same about other domains in every session.
final class Tastes {
  /// A genre of fewer items is no shelf to walk along, unless a domain has no larger one.
  private static final int SMALLEST_SHELF = 4;

  private final List<String> domains;
  private final List<Shelf[]> shelvesByTaste = new ArrayList<>();
  private final double[] tasteSums;

  Tastes(Catalogue catalogue, long seed) {
    domains = catalogue.domains();
    List<Map<String, Shelf>> shelves = new ArrayList<>();
    Set<String> genres = new LinkedHashSet<>();
    for (String domain : domains) {
      Map<String, Shelf> ofDomain = shelves(catalogue, domain);
      shelves.add(ofDomain);
      genres.addAll(ofDomain.keySet());
    }
    List<Double> weights = new ArrayList<>();
    var random = SimulationRandom.of(seed, 0);
    for (String genre : genres) {
      Shelf[] taste = new Shelf[domains.size()];
      int items = 0;
      for (int d = 0; d < taste.length; d++) {
        Shelf named = shelves.get(d).get(genre);
        items += named == null ? 0 : named.size();
        taste[d] = named == null ? drawn(shelves.get(d), random) : named;
      }
      shelvesByTaste.add(taste);
      // Large genres have more followers, but not in proportion to what they offer.
      weights.add(StrictMath.sqrt(items));
    }
    tasteSums = sums(weights);
  }

  int domainCount() {
    return domains.size();
  }

  int drawTaste(SimulationRandom random) {
    return random.nextIndexOfSums(tasteSums);
  }

  Shelf shelf(int taste, int domain) {
    return shelvesByTaste.get(taste)[domain];
  }

  private static Map<String, Shelf> shelves(Catalogue catalogue, String domain) {
    Map<String, List<Integer>> byGenre = new LinkedHashMap<>();
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < catalogue.size(); i++) {
      Item item = catalogue.item(i);
      if (item.domain().equals(domain)) {
        all.add(i);
        for (String genre : item.genres()) {
          if (!genre.equals(Substitutes.UNKNOWN)) {
            byGenre.computeIfAbsent(FoldedText.of(genre), g -> new ArrayList<>()).add(i);
          }
        }
      }
    }
    Map<String, Shelf> shelves = new LinkedHashMap<>();
    byGenre.forEach((genre, items) -> {
      if (items.size() >= SMALLEST_SHELF) {
        shelves.put(genre, shelf(catalogue, items));
      }
    });
    if (shelves.isEmpty()) {
      shelves.put("all of " + domain, shelf(catalogue, all));
    }
    return shelves;
  }

  private static Shelf shelf(Catalogue catalogue, List<Integer> items) {
    int[] ordered =
        items.stream()
            .sorted(
                Comparator.comparing((Integer i) -> catalogue.item(i).creator())
                    .thenComparing(i -> catalogue.item(i).title())
                    .thenComparing(i -> catalogue.item(i).id()))
            .distinct()
            .mapToInt(Integer::intValue)
            .toArray();
    return new Shelf(ordered, catalogue);
  }

  private static Shelf drawn(Map<String, Shelf> shelves, SimulationRandom random) {
    List<Shelf> all = List.copyOf(shelves.values());
    double[] sums = sums(all.stream().map(shelf -> StrictMath.sqrt(shelf.size())).toList());
    return all.get(random.nextIndexOfSums(sums));
  }

  private static double[] sums(List<Double> weights) {
    double[] sums = weights.stream().mapToDouble(Double::doubleValue).toArray();
    for (int i = 1; i < sums.length; i++) {
      sums[i] += sums[i - 1];
    }
    return sums;
  }
}
